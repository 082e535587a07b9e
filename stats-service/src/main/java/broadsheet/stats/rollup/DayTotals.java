package broadsheet.stats.rollup;

import broadsheet.stats.classification.Classification;
import broadsheet.stats.history.Day;
import broadsheet.stats.history.DayCounts;
import broadsheet.stats.history.DayVisitors;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;
import org.bson.Document;
import org.bson.types.Binary;

/**
 * What the site had on a day in UTC: hits by quarter of an hour, other views by hour, and distinct visitors. Stored as packed
 * numbers, as two years of days are read at once.
 */
public final class DayTotals implements Day {

    private static final Duration QUARTER = Duration.ofMinutes(15);
    private static final int QUARTERS = 96;

    private static final String HITS = "quarters";
    private static final String OTHERS = "others";
    private static final String IN_HOUR = "visitorsInHour";
    private static final String UNTIL_HOUR = "visitorsUntilHour";
    private static final String SINCE_HOUR = "visitorsSinceHour";

    private final Instant start;
    private final long[] hits;
    private final Map<Classification, long[]> others;
    private final long[] inHour;
    private final long[] untilHour;
    private final long[] sinceHour;

    private DayTotals(
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

    static DayTotals of(Instant start, Document stored) {
        Map<Classification, long[]> others = new EnumMap<>(Classification.class);
        stored.get(OTHERS, new Document())
                .forEach((column, packed) -> Classification.ofColumn(column)
                        .ifPresent(known -> others.put(known, PackedNumbers.unpack((Binary) packed, HOURS))));
        return new DayTotals(
                start,
                PackedNumbers.unpack(stored.get(HITS, Binary.class), QUARTERS),
                others,
                PackedNumbers.unpack(stored.get(IN_HOUR, Binary.class), HOURS),
                PackedNumbers.unpack(stored.get(UNTIL_HOUR, Binary.class), HOURS),
                PackedNumbers.unpack(stored.get(SINCE_HOUR, Binary.class), HOURS));
    }

    Document toDocument() {
        var packed = new Document();
        others.forEach((classification, byHour) -> packed.append(classification.column(), PackedNumbers.pack(byHour)));
        return new Document(HITS, PackedNumbers.pack(hits))
                .append(OTHERS, packed)
                .append(IN_HOUR, PackedNumbers.pack(inHour))
                .append(UNTIL_HOUR, PackedNumbers.pack(untilHour))
                .append(SINCE_HOUR, PackedNumbers.pack(sinceHour));
    }

    @Override
    public Instant start() {
        return start;
    }

    @Override
    public long hits(Instant from, Instant to) {
        return sum(hits, quarterFrom(start, from), quarterFrom(start, to));
    }

    /** The first quarter, 0 to 96, of a day that begins at a time or later. */
    private static int quarterFrom(Instant start, Instant time) {
        long quarters = -Math.floorDiv(-Duration.between(start, time).toNanos(), QUARTER.toNanos());
        return (int) Math.max(0, Math.min(QUARTERS, quarters));
    }

    @Override
    public NavigableMap<Instant, Long> hitsByTime() {
        NavigableMap<Instant, Long> byTime = new TreeMap<>();
        for (int quarter = 0; quarter < QUARTERS; quarter++) {
            if (hits[quarter] > 0) {
                byTime.put(start.plus(QUARTER.multipliedBy(quarter)), hits[quarter]);
            }
        }
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
