package broadsheet.stats.series;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import broadsheet.web.problem.InvalidFieldException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SeriesRangeTests {

    private static final ZoneId UTC = ZoneId.of("UTC");
    private static final ZoneId BERLIN = ZoneId.of("Europe/Berlin");
    private static final ZoneId KOLKATA = ZoneId.of("Asia/Kolkata");

    @Test
    void itBeginsWithThePointThatTheStartIsInAndEndsWithTheOneThatTheEndIsIn() {
        SeriesRange range = range("2026-03-01T12:34:56Z", "2026-03-01T14:00:01Z", Interval.HOUR, UTC);

        assertThat(range.starts())
                .isEqualTo(times("2026-03-01T12:00:00Z", "2026-03-01T13:00:00Z", "2026-03-01T14:00:00Z"));
        assertThat(range.end()).isEqualTo("2026-03-01T15:00:00Z");
    }

    @Test
    void aPointThatBeginsAtTheEndIsNotInIt() {
        assertThat(range("2026-03-01T12:00:00Z", "2026-03-01T13:00:00Z", Interval.HOUR, UTC)
                        .starts())
                .isEqualTo(times("2026-03-01T12:00:00Z"));
    }

    @Test
    void daysAreThoseOfTheZoneOneOfThemAnHourShorterInSpring() {
        SeriesRange range = range("2026-03-28T12:00:00Z", "2026-03-30T12:00:00Z", Interval.DAY, BERLIN);

        assertThat(range.starts())
                .isEqualTo(times("2026-03-27T23:00:00Z", "2026-03-28T23:00:00Z", "2026-03-29T22:00:00Z"));
        assertThat(range.end()).isEqualTo("2026-03-30T22:00:00Z");
    }

    @Test
    void anHourThatTheZoneHasTwiceInAutumnIsTwoPoints() {
        SeriesRange range = range("2026-10-25T00:00:00Z", "2026-10-25T03:00:00Z", Interval.HOUR, BERLIN);

        assertThat(range.starts())
                .isEqualTo(times("2026-10-25T00:00:00Z", "2026-10-25T01:00:00Z", "2026-10-25T02:00:00Z"));
    }

    @Test
    void anHourThatTheZoneLeavesOutIsNoPoint() {
        SeriesRange range = range("2026-03-29T00:00:00Z", "2026-03-29T03:00:00Z", Interval.HOUR, BERLIN);

        assertThat(range.starts())
                .isEqualTo(times("2026-03-29T00:00:00Z", "2026-03-29T01:00:00Z", "2026-03-29T02:00:00Z"));
    }

    @Test
    void hoursAndDaysOfAHalfHourZoneBeginAtHalfPastInUtc() {
        assertThat(range("2026-03-01T12:00:00Z", "2026-03-01T13:00:00Z", Interval.HOUR, KOLKATA)
                        .starts())
                .isEqualTo(times("2026-03-01T11:30:00Z", "2026-03-01T12:30:00Z"));
        assertThat(range("2026-03-01T12:00:00Z", "2026-03-01T13:00:00Z", Interval.DAY, KOLKATA)
                        .starts())
                .isEqualTo(times("2026-02-28T18:30:00Z"));
    }

    @Test
    void anHourThatAZoneMakesHalfAnHourLongerIsOnePoint() {
        SeriesRange range =
                range("2026-04-04T14:00:00Z", "2026-04-04T17:00:00Z", Interval.HOUR, ZoneId.of("Australia/Lord_Howe"));

        assertThat(range.starts())
                .isEqualTo(times("2026-04-04T14:00:00Z", "2026-04-04T15:30:00Z", "2026-04-04T16:30:00Z"));
    }

    @Test
    void monthsAreAsLongAsTheyAre() {
        SeriesRange range = range("2028-01-31T12:00:00Z", "2028-03-01T00:00:00Z", Interval.MONTH, UTC);

        assertThat(range.starts()).isEqualTo(times("2028-01-01T00:00:00Z", "2028-02-01T00:00:00Z"));
        assertThat(range.end()).isEqualTo("2028-03-01T00:00:00Z");
    }

    @Test
    void aDayThatBeginsAtOneBecauseMidnightIsLeftOutBeginsAtOne() {
        SeriesRange range =
                range("2026-03-28T12:00:00Z", "2026-03-30T12:00:00Z", Interval.DAY, ZoneId.of("Asia/Beirut"));

        assertThat(range.starts())
                .isEqualTo(times("2026-03-27T22:00:00Z", "2026-03-28T22:00:00Z", "2026-03-29T21:00:00Z"));
    }

    @ParameterizedTest
    @CsvSource({
        "2026-03-02T00:00:00Z, 2026-03-01T00:00:00Z, DAY, from",
        "2026-03-01T00:00:00Z, 2026-03-01T00:00:00Z, DAY, from",
        "2020-03-01T00:00:00Z, 2026-03-01T00:00:00Z, MONTH, from",
        "2026-01-01T00:00:00Z, 2026-03-01T00:00:00Z, MINUTE, interval",
    })
    void whatMakesNoSeriesNamesItsField(Instant from, Instant to, Interval interval, String field) {
        assertThatExceptionOfType(InvalidFieldException.class)
                .isThrownBy(() -> SeriesRange.of(from, to, interval, UTC))
                .withMessageContaining(field);
    }

    @Test
    void aDayOfMinutesIsNotTooMuch() {
        assertThat(range("2026-03-01T00:00:00Z", "2026-03-02T00:00:00Z", Interval.MINUTE, UTC)
                        .starts())
                .hasSize((int) Duration.ofDays(1).toMinutes());
    }

    @Test
    void anIntervalIsNamedAsInTheCall() {
        assertThat(Interval.of("month")).isEqualTo(Interval.MONTH);
        assertThatExceptionOfType(InvalidFieldException.class).isThrownBy(() -> Interval.of("MONTH"));
        assertThatExceptionOfType(InvalidFieldException.class).isThrownBy(() -> Interval.of("week"));
    }

    private static SeriesRange range(String from, String to, Interval interval, ZoneId zone) {
        return SeriesRange.of(Instant.parse(from), Instant.parse(to), interval, zone);
    }

    private static List<Instant> times(String... times) {
        return Stream.of(times).map(Instant::parse).toList();
    }
}
