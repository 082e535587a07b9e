package broadsheet.stats.rollup;

import broadsheet.stats.classification.Classification;
import broadsheet.stats.history.Day;
import broadsheet.stats.history.DayCounts;
import broadsheet.stats.history.DayVisitors;
import broadsheet.stats.history.QuarterHits;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;

/** What the site had on a day in UTC: hits by quarter of an hour, other views by hour, and distinct visitors. */
public final class DayTotals implements Day {

    static final int QUARTERS = QuarterHits.QUARTERS;

    private static final Duration QUARTER = Duration.ofMinutes(15);

    private final Instant start;
    final long[] hits;
    final Map<Classification, long[]> others;
    final long[] inHour;
    final long[] untilHour;
    final long[] sinceHour;

    DayTotals(
            Instant start,
            long[] hits,
            Map<Classification, long[]> others,
            long[] inHour,
            long[] untilHour,
            long[] sinceHour) {
        this.start = start;
        this.hits = hits;
        this.others = others;
        this.inHour = inHour;
        this.untilHour = untilHour;
        this.sinceHour = sinceHour;
    }

    static DayTotals of(Instant start, DayCounts counts, DayVisitors visitors) {
        long[] hits = new long[QUARTERS];
        counts.hitsByTime()
                .forEach(
                        (time, more) -> hits[(int) Duration.between(start, time).dividedBy(QUARTER)] += more);
        Map<Classification, long[]> others = new EnumMap<>(Classification.class);
        for (Classification classification : Classification.values()) {
            long[] byHour = new long[HOURS];
            Arrays.setAll(byHour, hour -> counts.views(classification, hour, hour + 1));
            if (sum(byHour, 0, HOURS) > 0) {
                others.put(classification, byHour);
            }
        }
        long[] inHour = new long[HOURS];
        long[] untilHour = new long[HOURS];
        long[] sinceHour = new long[HOURS];
        Arrays.setAll(inHour, hour -> visitors.within(hour, hour + 1));
        Arrays.setAll(untilHour, hour -> visitors.within(0, hour + 1));
        Arrays.setAll(sinceHour, hour -> visitors.within(hour, HOURS));
        return new DayTotals(start, hits, others, inHour, untilHour, sinceHour);
    }

    boolean hasOther(Classification classification) {
        return others.containsKey(classification);
    }

    @Override
    public Instant start() {
        return start;
    }

    @Override
    public long hits(Instant from, Instant to) {
        return new QuarterHits(start, hits).within(from, to);
    }

    @Override
    public NavigableMap<Instant, Long> hitsByTime() {
        NavigableMap<Instant, Long> byTime = new TreeMap<>();
        new QuarterHits(start, hits).forEach(byTime::put);
        return byTime;
    }

    @Override
    public long views(Classification classification, int from, int to) {
        long[] byHour = others.get(classification);
        return byHour == null ? 0 : sum(byHour, from, to);
    }

    @Override
    public long visitors(int from, int to) {
        if (from >= to) {
            return 0;
        }
        if (from == 0) {
            return untilHour[to - 1];
        }
        return to == HOURS ? sinceHour[from] : sum(inHour, from, to);
    }

    private static long sum(long[] numbers, int from, int to) {
        long sum = 0;
        for (int index = from; index < to; index++) {
            sum += numbers[index];
        }
        return sum;
    }

    /** The visitors, as numbers. */
    DayVisitors dayVisitors() {
        return DayVisitors.ofNumbers(visitors(0, HOURS), inHour, untilHour, sinceHour);
    }
}
