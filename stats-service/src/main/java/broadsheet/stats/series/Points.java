package broadsheet.stats.series;

import broadsheet.stats.visitor.VisitorSketch;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.bson.Document;
import org.bson.types.Binary;
import org.jspecify.annotations.Nullable;

/**
 * Fills the points of a span with the hours of an article, minute by minute, so that zones that are not whole hours from
 * UTC come out right too. A visitor's key lives for a day in UTC: who comes back the day after is another visitor.
 */
final class Points {

    private static final int PRECISION = 14;

    private final TreeMap<Instant, Filling> points = new TreeMap<>();
    private final Instant end;

    Points(Span span) {
        span.starts().forEach(start -> points.put(start, new Filling()));
        end = span.end();
    }

    void add(Document hour) {
        Instant start = hour.getDate("start").toInstant();
        hour.get("minutes", Document.class)
                .forEach((minute, hits) ->
                        add(start.plus(Duration.ofMinutes(Long.parseLong(minute))), ((Number) hits).longValue()));
        Map.Entry<Instant, Filling> point = points.floorEntry(start);
        if (point != null) {
            point.getValue().visitors.addAll(hour.get("sketch", Binary.class).getData());
        }
    }

    private void add(Instant minute, long hits) {
        Map.Entry<Instant, Filling> point = points.floorEntry(minute);
        if (point != null && minute.isBefore(end)) {
            point.getValue().hits += hits;
        }
    }

    List<Series.Point> toList() {
        List<Series.Point> list = new ArrayList<>();
        points.forEach((start, filling) -> {
            Instant next = points.higherKey(start);
            boolean wholeHours = isHour(start) && isHour(next == null ? end : next);
            list.add(new Series.Point(start, filling.hits, wholeHours ? filling.visitors() : null));
        });
        return list;
    }

    private static boolean isHour(Instant time) {
        return time.equals(time.truncatedTo(ChronoUnit.HOURS));
    }

    private static final class Filling {
        private long hits;
        private final VisitorSketch visitors = new VisitorSketch(PRECISION);

        private @Nullable Long visitors() {
            return visitors.count();
        }
    }
}
