package broadsheet.stats.series;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import broadsheet.stats.history.ArticleDays.Day;
import broadsheet.stats.history.ArticleHours.Hour;
import broadsheet.stats.history.BotsAndDoubleClicks;
import broadsheet.stats.visitor.VisitorSketch;
import java.time.Instant;
import java.time.ZoneId;
import java.util.Map;
import java.util.Set;
import org.bson.types.Binary;
import org.junit.jupiter.api.Test;

class SeriesBuilderTests {

    private static final Instant EXPIRED = Instant.parse("2026-03-02T00:00:00Z");

    @Test
    void aVisitorOfTwoHoursIsOneOfTheirDay() {
        var builder = builder("2026-03-01T00:00:00Z", "2026-03-03T00:00:00Z", Interval.DAY, "UTC");
        builder.add(hour("2026-03-01T10:00:00Z", Map.of(5, 2L), Set.of("v", "w")));
        builder.add(hour("2026-03-01T23:00:00Z", Map.of(59, 1L), Set.of("v")));
        builder.add(hour("2026-03-02T00:00:00Z", Map.of(0, 1L), Set.of("v")));

        assertThat(builder.points())
                .extracting(SeriesPoint::hits, SeriesPoint::visitors)
                .containsExactly(tuple(3L, 2L), tuple(1L, 1L));
    }

    @Test
    void aDayThatIsAnHourLongerHasTwentyFiveHours() {
        var builder = builder("2026-10-24T22:00:00Z", "2026-10-26T23:00:00Z", Interval.DAY, "Europe/Berlin");
        Instant start = Instant.parse("2026-10-24T22:00:00Z");
        for (int hour = 0; hour < 26; hour++) {
            builder.add(hour(start.plusSeconds(hour * 3_600L).toString(), Map.of(0, 1L), Set.of("v" + hour)));
        }

        assertThat(builder.points())
                .extracting(SeriesPoint::hits, SeriesPoint::visitors)
                .containsExactly(tuple(25L, 25L), tuple(1L, 1L));
    }

    @Test
    void minutesOfAnHourBelongToTwoDaysOfAHalfHourZoneWhichSaysNoVisitors() {
        var builder = builder("2026-02-28T18:30:00Z", "2026-03-02T18:30:00Z", Interval.DAY, "Asia/Kolkata");
        builder.add(hour("2026-02-28T18:00:00Z", Map.of(29, 1L, 30, 2L), Set.of("v")));
        builder.add(hour("2026-03-01T18:00:00Z", Map.of(29, 4L, 30, 8L), Set.of("v")));

        assertThat(builder.points())
                .extracting(SeriesPoint::start, SeriesPoint::hits, SeriesPoint::visitors)
                .containsExactly(
                        tuple(Instant.parse("2026-02-28T18:30:00Z"), 6L, null),
                        tuple(Instant.parse("2026-03-01T18:30:00Z"), 8L, null));
    }

    @Test
    void minutesAfterTheLastPointAreNotInIt() {
        var builder = builder("2026-03-01T10:00:00Z", "2026-03-01T10:30:00Z", Interval.MINUTE, "UTC");
        builder.add(hour("2026-03-01T10:00:00Z", Map.of(29, 1L, 30, 5L), Set.of("v")));

        assertThat(builder.points())
                .hasSize(30)
                .last()
                .extracting(SeriesPoint::hits)
                .isEqualTo(1L);
        assertThat(builder.points()).extracting(SeriesPoint::visitors).containsOnlyNulls();
    }

    @Test
    void pointsWithoutHitsAreThereWithZero() {
        var builder = builder("2026-03-01T10:00:00Z", "2026-03-01T12:00:00Z", Interval.HOUR, "UTC");

        assertThat(builder.points())
                .extracting(SeriesPoint::hits, SeriesPoint::visitors)
                .containsExactly(tuple(0L, 0L), tuple(0L, 0L));
    }

    @Test
    void botsAndDoubleClicksAreAddedUpWhereTheirHoursAreKept() {
        var builder = builder("2026-03-01T00:00:00Z", "2026-03-03T00:00:00Z", Interval.DAY, "UTC");
        builder.knowsBotsFrom(Instant.parse("2026-03-02T00:00:00Z"));
        builder.add(new BotsAndDoubleClicks.Hour(Instant.parse("2026-03-01T23:00:00Z"), 1, 1));
        builder.add(new BotsAndDoubleClicks.Hour(Instant.parse("2026-03-02T00:00:00Z"), 2, 0));
        builder.add(new BotsAndDoubleClicks.Hour(Instant.parse("2026-03-02T23:00:00Z"), 3, 4));

        assertThat(builder.points())
                .extracting(SeriesPoint::bots, SeriesPoint::doubleClicks)
                .containsExactly(tuple(null, null), tuple(5L, 4L));
    }

    @Test
    void noPointSaysHowManyBotsThereWereBeforeAnyAreServed() {
        assertThat(builder("2026-03-01T10:00:00Z", "2026-03-01T12:00:00Z", Interval.HOUR, "UTC")
                        .points())
                .extracting(SeriesPoint::bots, SeriesPoint::doubleClicks)
                .containsExactly(tuple(null, null), tuple(null, null));
    }

    @Test
    void anIntervalThatIsNotMadeOfWholeHoursSaysNoBots() {
        var builder = builder("2026-03-01T10:00:00Z", "2026-03-01T10:02:00Z", Interval.MINUTE, "UTC");
        builder.knowsBotsFrom(Instant.EPOCH);

        assertThat(builder.points()).extracting(SeriesPoint::bots).containsOnlyNulls();
    }

    @Test
    void daysInUtcStayWhoseHoursHaveExpired() {
        var builder = builder("2026-03-01T00:00:00Z", "2026-03-03T00:00:00Z", Interval.DAY, "UTC", EXPIRED);
        builder.add(day("2026-03-01T00:00:00Z", 3, Set.of("v", "w")));
        builder.add(hour("2026-03-02T00:00:00Z", Map.of(0, 1L), Set.of("v")));

        assertThat(builder.points())
                .extracting(SeriesPoint::hits, SeriesPoint::visitors)
                .containsExactly(tuple(3L, 2L), tuple(1L, 1L));
    }

    @Test
    void nothingIsSaidOfHoursThatHaveExpired() {
        var builder = builder("2026-03-01T23:00:00Z", "2026-03-02T01:00:00Z", Interval.HOUR, "UTC", EXPIRED);
        builder.add(hour("2026-03-02T00:00:00Z", Map.of(0, 1L), Set.of("v")));

        assertThat(builder.points())
                .extracting(SeriesPoint::hits, SeriesPoint::visitors)
                .containsExactly(tuple(null, null), tuple(1L, 1L));
    }

    @Test
    void nothingIsSaidOfAnotherZonesDayOfWhichHoursHaveExpired() {
        var builder = builder("2026-02-28T23:00:00Z", "2026-03-02T23:00:00Z", Interval.DAY, "Europe/Berlin", EXPIRED);

        assertThat(builder.points())
                .extracting(SeriesPoint::hits, SeriesPoint::visitors)
                .containsExactly(tuple(null, null), tuple(null, null));
    }

    private static SeriesBuilder builder(String from, String to, Interval interval, String zone) {
        return builder(from, to, interval, zone, Instant.EPOCH);
    }

    private static SeriesBuilder builder(
            String from, String to, Interval interval, String zone, Instant expiredBefore) {
        return new SeriesBuilder(
                SeriesRange.of(Instant.parse(from), Instant.parse(to), interval, ZoneId.of(zone)), expiredBefore);
    }

    private static Day day(String start, long hits, Set<String> visitors) {
        var sketch = new VisitorSketch(13);
        visitors.forEach(sketch::add);
        return new Day(Instant.parse(start), hits, new Binary(sketch.toBytes()));
    }

    private static Hour hour(String start, Map<Integer, Long> minutes, Set<String> visitors) {
        var sketch = new VisitorSketch(12);
        visitors.forEach(sketch::add);
        return new Hour(Instant.parse(start), minutes, new Binary(sketch.toBytes()));
    }
}
