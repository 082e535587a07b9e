package broadsheet.stats.series;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import broadsheet.stats.visitor.VisitorSketch;
import java.time.Instant;
import java.time.ZoneId;
import java.util.Date;
import java.util.Map;
import java.util.Set;
import org.bson.Document;
import org.bson.types.Binary;
import org.junit.jupiter.api.Test;

class PointsTests {

    @Test
    void aVisitorOfTwoHoursIsOneOfTheirDay() {
        var points = points("2026-03-01T00:00:00Z", "2026-03-03T00:00:00Z", Interval.DAY, "UTC");
        points.add(hour("2026-03-01T10:00:00Z", Map.of("5", 2L), Set.of("v", "w")));
        points.add(hour("2026-03-01T23:00:00Z", Map.of("59", 1L), Set.of("v")));
        points.add(hour("2026-03-02T00:00:00Z", Map.of("0", 1L), Set.of("v")));

        assertThat(points.toList())
                .extracting(Series.Point::hits, Series.Point::visitors)
                .containsExactly(tuple(3L, 2L), tuple(1L, 1L));
    }

    @Test
    void aDayThatIsAnHourLongerHasTwentyFiveHours() {
        var points = points("2026-10-24T22:00:00Z", "2026-10-26T23:00:00Z", Interval.DAY, "Europe/Berlin");
        Instant start = Instant.parse("2026-10-24T22:00:00Z");
        for (int hour = 0; hour < 26; hour++) {
            points.add(hour(start.plusSeconds(hour * 3_600L).toString(), Map.of("0", 1L), Set.of("v" + hour)));
        }

        assertThat(points.toList())
                .extracting(Series.Point::hits, Series.Point::visitors)
                .containsExactly(tuple(25L, 25L), tuple(1L, 1L));
    }

    @Test
    void minutesOfAnHourBelongToTwoDaysOfAHalfHourZoneWhichSaysNoVisitors() {
        var points = points("2026-02-28T18:30:00Z", "2026-03-02T18:30:00Z", Interval.DAY, "Asia/Kolkata");
        points.add(hour("2026-02-28T18:00:00Z", Map.of("29", 1L, "30", 2L), Set.of("v")));
        points.add(hour("2026-03-01T18:00:00Z", Map.of("29", 4L, "30", 8L), Set.of("v")));

        assertThat(points.toList())
                .extracting(Series.Point::start, Series.Point::hits, Series.Point::visitors)
                .containsExactly(
                        tuple(Instant.parse("2026-02-28T18:30:00Z"), 6L, null),
                        tuple(Instant.parse("2026-03-01T18:30:00Z"), 8L, null));
    }

    @Test
    void minutesAfterTheLastPointAreNotInIt() {
        var points = points("2026-03-01T10:00:00Z", "2026-03-01T10:30:00Z", Interval.MINUTE, "UTC");
        points.add(hour("2026-03-01T10:00:00Z", Map.of("29", 1L, "30", 5L), Set.of("v")));

        assertThat(points.toList())
                .hasSize(30)
                .last()
                .extracting(Series.Point::hits)
                .isEqualTo(1L);
        assertThat(points.toList()).extracting(Series.Point::visitors).containsOnlyNulls();
    }

    @Test
    void pointsWithoutHitsAreThereWithZero() {
        var points = points("2026-03-01T10:00:00Z", "2026-03-01T12:00:00Z", Interval.HOUR, "UTC");

        assertThat(points.toList())
                .extracting(Series.Point::hits, Series.Point::visitors)
                .containsExactly(tuple(0L, 0L), tuple(0L, 0L));
    }

    private static Points points(String from, String to, Interval interval, String zone) {
        return new Points(Span.of(Instant.parse(from), Instant.parse(to), interval, ZoneId.of(zone)));
    }

    private static Document hour(String start, Map<String, Long> minutes, Set<String> visitors) {
        var sketch = new VisitorSketch(12);
        visitors.forEach(sketch::add);
        return new Document("start", Date.from(Instant.parse(start)))
                .append("minutes", new Document(Map.copyOf(minutes)))
                .append("sketch", new Binary(sketch.toBytes()));
    }
}
