package broadsheet.stats.series;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import broadsheet.stats.history.ArticleDay;
import broadsheet.stats.history.TestDay;
import java.time.Instant;
import java.time.ZoneId;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

class SeriesBuilderTests {

    @Test
    void aVisitorOfTwoHoursIsOneOfTheirDay() {
        var builder = builder("2026-03-01T00:00:00Z", "2026-03-03T00:00:00Z", Interval.DAY, "UTC");
        builder.add(
                TestDay.of("2026-03-01", Map.of(605, 2L, 1_439, 1L), Map.of(10, Set.of("v", "w"), 23, Set.of("v"))));
        builder.add(TestDay.of("2026-03-02", Map.of(0, 1L), Map.of(0, Set.of("v"))));

        assertThat(builder.points())
                .extracting(SeriesPoint::hits, SeriesPoint::visitors)
                .containsExactly(tuple(3L, 2L), tuple(1L, 1L));
    }

    @Test
    void aDayThatIsAnHourLongerHasTwentyFiveHours() {
        var builder = builder("2026-10-24T22:00:00Z", "2026-10-26T23:00:00Z", Interval.DAY, "Europe/Berlin");
        builder.add(oneAnHour("2026-10-24", 22, 24));
        builder.add(oneAnHour("2026-10-25", 0, 24));

        assertThat(builder.points())
                .extracting(SeriesPoint::hits, SeriesPoint::visitors)
                .containsExactly(tuple(25L, 25L), tuple(1L, 1L));
    }

    @Test
    void minutesOfAnHourBelongToTwoDaysOfAHalfHourZoneAndItsVisitorsToTheOneItBeginsIn() {
        var builder = builder("2026-02-28T18:30:00Z", "2026-03-02T18:30:00Z", Interval.DAY, "Asia/Kolkata");
        builder.add(TestDay.of("2026-02-28", Map.of(1_109, 1L, 1_110, 2L), Map.of(18, Set.of("early"))));
        builder.add(TestDay.of("2026-03-01", Map.of(1_109, 4L, 1_110, 8L), Map.of(18, Set.of("v"))));

        assertThat(builder.points())
                .extracting(SeriesPoint::start, SeriesPoint::hits, SeriesPoint::visitors)
                .containsExactly(
                        tuple(Instant.parse("2026-02-28T18:30:00Z"), 6L, 1L),
                        tuple(Instant.parse("2026-03-01T18:30:00Z"), 8L, 0L));
    }

    @Test
    void minutesAfterTheLastPointAreNotInIt() {
        var builder = builder("2026-03-01T10:00:00Z", "2026-03-01T10:30:00Z", Interval.MINUTE, "UTC");
        builder.add(TestDay.of("2026-03-01", Map.of(599, 3L, 629, 1L, 630, 5L), Map.of(10, Set.of("v"))));

        assertThat(builder.points())
                .hasSize(30)
                .last()
                .extracting(SeriesPoint::hits)
                .isEqualTo(1L);
        assertThat(builder.points().stream().mapToLong(SeriesPoint::hits).sum()).isOne();
        assertThat(builder.points()).extracting(SeriesPoint::visitors).containsOnlyNulls();
        assertThat(builder.points()).extracting(SeriesPoint::bots).containsOnlyNulls();
    }

    @Test
    void pointsWithoutHitsAreThereWithZero() {
        var builder = builder("2026-03-01T10:00:00Z", "2026-03-01T12:00:00Z", Interval.HOUR, "UTC");

        assertThat(builder.points())
                .extracting(SeriesPoint::hits, SeriesPoint::visitors, SeriesPoint::bots)
                .containsExactly(tuple(0L, 0L, 0L), tuple(0L, 0L, 0L));
    }

    @Test
    void otherViewsAreAddedUpByTheHour() {
        var builder = builder("2026-03-01T05:00:00Z", "2026-03-03T05:00:00Z", Interval.DAY, "America/New_York");
        builder.add(TestDay.of("2026-03-01", Map.of(), Map.of(), Map.of(4, 1L, 5, 2L)));
        builder.add(TestDay.of("2026-03-02", Map.of(), Map.of(), Map.of(4, 3L, 5, 4L)));
        builder.add(TestDay.of("2026-03-03", Map.of(), Map.of(), Map.of(4, 5L, 5, 6L)));

        assertThat(builder.points()).extracting(SeriesPoint::bots).containsExactly(5L, 9L);
    }

    private static SeriesBuilder builder(String from, String to, Interval interval, String zone) {
        return new SeriesBuilder(
                SeriesRange.of(Instant.parse(from), Instant.parse(to), interval, ZoneId.of(zone)), interval);
    }

    private static ArticleDay oneAnHour(String date, int from, int to) {
        Map<Integer, Long> minutes = new HashMap<>();
        Map<Integer, Set<String>> visitors = new HashMap<>();
        for (int hour = from; hour < to; hour++) {
            minutes.put(hour * 60, 1L);
            visitors.put(hour, Set.of("v" + hour));
        }
        return TestDay.of(date, minutes, visitors);
    }
}
