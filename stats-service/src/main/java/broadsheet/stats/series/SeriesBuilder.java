package broadsheet.stats.series;

import broadsheet.stats.classification.Classification;
import broadsheet.stats.history.Day;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Adds up days to the points of a series, minute by minute or quarter by quarter of an hour, so that zones that
 * are not whole hours from UTC come out right too. A visitor's key lives for a day in UTC: a person who returns the day after
 * is another visitor.
 */
final class SeriesBuilder {

    private final TreeMap<Instant, Sum> sums = new TreeMap<>();
    private final Instant end;
    private final boolean byMinute;

    SeriesBuilder(SeriesRange range, Interval interval) {
        range.starts().forEach(start -> sums.put(start, new Sum()));
        end = range.end();
        byMinute = interval == Interval.MINUTE;
    }

    SeriesBuilder add(Day day) {
        Instant first = sums.floorKey(day.start());
        sums.subMap(first == null ? day.start() : first, day.end()).forEach((start, sum) -> {
            Instant next = next(start);
            sum.hits += day.hits(start, next);
            if (!byMinute) {
                sum.add(day, Day.hourFrom(day.start(), start), Day.hourFrom(day.start(), next));
            }
        });
        return this;
    }

    private Instant next(Instant start) {
        Instant next = sums.higherKey(start);
        return next == null ? end : next;
    }

    List<SeriesPoint> points() {
        List<SeriesPoint> points = new ArrayList<>();
        sums.forEach((start, sum) -> points.add(new SeriesPoint(
                start,
                sum.hits,
                byMinute ? null : sum.visitors,
                views(sum, Classification.BOT),
                views(sum, Classification.AUTOMATED),
                views(sum, Classification.DOUBLE_CLICK),
                views(sum, Classification.DUPLICATE),
                views(sum, Classification.LATE),
                views(sum, Classification.INVALID))));
        return points;
    }

    private @Nullable Long views(Sum sum, Classification classification) {
        return byMinute ? null : sum.others.getOrDefault(classification, 0L);
    }

    private static final class Sum {

        private long hits;
        private long visitors;
        private final Map<Classification, Long> others = new EnumMap<>(Classification.class);

        private void add(Day day, int fromHour, int toHour) {
            if (fromHour < toHour) {
                visitors += day.visitors(fromHour, toHour);
                for (Classification classification : Classification.values()) {
                    others.merge(classification, day.views(classification, fromHour, toHour), Long::sum);
                }
            }
        }
    }
}
