package broadsheet.notification.subscription;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.time.DayOfWeek;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.TreeSet;
import java.util.function.BiConsumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DigestFrequencyTests {

    private static final LocalTime MORNING = LocalTime.of(7, 0);
    private static final Instant NOW = Instant.parse("2026-11-27T10:23:19.5Z");

    @ParameterizedTest
    @CsvSource({
        "NONE,   Asia/Shanghai,    2026-11-27T10:23:19.5Z, 2026-11-27T10:23:19.5Z",
        "HOURLY, Asia/Shanghai,    2026-11-27T10:23:19.5Z, 2026-11-27T11:00:00Z",
        "HOURLY, Asia/Kathmandu,   2026-11-27T10:23:19.5Z, 2026-11-27T11:15:00Z", // 16:08 there, 5:45 ahead
        "DAILY,  Asia/Shanghai,    2026-11-27T10:23:19.5Z, 2026-11-27T23:00:00Z",
        "WEEKLY, Asia/Shanghai,    2026-11-27T10:23:19.5Z, 2026-11-29T23:00:00Z", // a Friday, and 7 on Monday
        "DAILY,  Europe/Berlin,    2026-03-28T20:00:00Z,   2026-03-29T05:00:00Z", // an hour earlier, in summer time
        "DAILY,  Europe/Berlin,    2026-10-24T20:00:00Z,   2026-10-25T06:00:00Z",
        "HOURLY, Europe/Berlin,    2026-03-29T00:30:00Z,   2026-03-29T01:00:00Z", // 2 is left out: in that moment
        "HOURLY, Europe/Berlin,    2026-10-25T00:30:00Z,   2026-10-25T01:00:00Z", // 2 comes for the second time
        "HOURLY, Australia/Lord_Howe, 2026-10-03T15:10:00Z, 2026-10-03T15:30:00Z", // from 2:00 to 2:30
        "DAILY,  Pacific/Apia,     2011-12-29T18:00:00Z,   2011-12-30T10:00:00Z" // the 30th is left out
    })
    void anEventIsDueWithTheNextDigestOfTheSubscribersClock(
            DigestFrequency digest, ZoneId zone, Instant event, Instant due) {
        assertThat(digest.dueAt(event, zone, null, false)).isEqualTo(due);
    }

    @ParameterizedTest
    @CsvSource({"HOURLY, 2026-11-30T08:00:00Z", "DAILY, 2026-12-01T07:00:00Z", "WEEKLY, 2026-12-07T07:00:00Z"})
    void whatHappensAtTheTimeOfADigestIsInTheNextOne(DigestFrequency digest, Instant due) {
        assertThat(digest.dueAt(Instant.parse("2026-11-30T07:00:00Z"), ZoneOffset.UTC, null, false))
                .isEqualTo(due);
    }

    @ParameterizedTest
    @CsvSource({
        "22:00, 06:30, Asia/Shanghai, 2026-11-27T15:00:00Z, 2026-11-27T22:30:00Z", // 23:00
        "22:00, 06:30, Asia/Shanghai, 2026-11-27T18:00:00Z, 2026-11-27T22:30:00Z", // 2:00
        "22:00, 06:30, Asia/Shanghai, 2026-11-27T14:00:00Z, 2026-11-27T22:30:00Z", // 22:00
        "22:00, 06:30, Asia/Shanghai, 2026-11-27T22:30:00Z, 2026-11-27T22:30:00Z", // 6:30
        "22:00, 06:30, Asia/Shanghai, 2026-11-27T13:59:59Z, 2026-11-27T13:59:59Z",
        "12:00, 13:00, Asia/Shanghai, 2026-11-27T04:10:00Z, 2026-11-27T05:00:00Z",
        "12:00, 13:00, Asia/Shanghai, 2026-11-27T03:59:00Z, 2026-11-27T03:59:00Z",
        "22:00, 06:00, Europe/Berlin, 2026-03-28T22:00:00Z, 2026-03-29T04:00:00Z", // a night of seven hours
        "22:00, 06:00, Europe/Berlin, 2026-10-24T21:00:00Z, 2026-10-25T05:00:00Z", // a night of nine
        "22:00, 02:30, Europe/Berlin, 2026-03-28T22:00:00Z, 2026-03-29T01:00:00Z", // 2:30 is left out: in that moment
        "22:00, 02:30, Europe/Berlin, 2026-10-24T21:00:00Z, 2026-10-25T00:30:00Z", // 2:30 for the first time
        "22:00, 02:30, Europe/Berlin, 2026-10-25T01:10:00Z, 2026-10-25T01:10:00Z", // 2:10 for the second time: it is
        // over
        "02:15, 02:45, Europe/Berlin, 2026-03-29T01:00:00Z, 2026-03-29T01:00:00Z", // both are left out
        "22:00, 06:00, Pacific/Apia,  2011-12-30T09:00:00Z, 2011-12-30T16:00:00Z" // the 29th, then the 31st
    })
    void quietHoursHoldAnEventUntilTheirEnd(LocalTime from, LocalTime to, ZoneId zone, Instant event, Instant due) {
        assertThat(DigestFrequency.NONE.dueAt(event, zone, new QuietHours(from, to, true), false))
                .isEqualTo(due);
    }

    @Test
    void breakingNewsPassesQuietHoursThatLetIt() {
        var from = LocalTime.of(9, 0);
        var to = LocalTime.of(11, 0);
        var end = Instant.parse("2026-11-27T11:00:00Z");
        assertThat(DigestFrequency.NONE.dueAt(NOW, ZoneOffset.UTC, new QuietHours(from, to, true), true))
                .isEqualTo(NOW);
        assertThat(DigestFrequency.NONE.dueAt(NOW, ZoneOffset.UTC, new QuietHours(from, to, true), false))
                .isEqualTo(end);
        assertThat(DigestFrequency.NONE.dueAt(NOW, ZoneOffset.UTC, new QuietHours(from, to, false), true))
                .isEqualTo(end);
    }

    @Test
    void aDigestInQuietHoursIsDueAtTheirEnd() {
        var late = new QuietHours(LocalTime.of(21, 0), LocalTime.of(9, 30), true);
        assertThat(DigestFrequency.DAILY.dueAt(NOW, ZoneOffset.UTC, late, false))
                .isEqualTo("2026-11-28T09:30:00Z");
        assertThat(DigestFrequency.HOURLY.dueAt(Instant.parse("2026-11-27T20:10:00Z"), ZoneOffset.UTC, late, false))
                .isEqualTo("2026-11-28T09:30:00Z");
    }

    @Test
    void quietHoursWithoutALengthAreRefused() {
        assertThatIllegalArgumentException().isThrownBy(() -> new QuietHours(MORNING, MORNING, true));
    }

    @Test
    void inEveryZoneADigestIsSoonAndAtItsHour() {
        forRandomTimes((event, zone) -> {
            Instant hourly = DigestFrequency.HOURLY.dueAt(event, zone, null, false);
            Instant daily = DigestFrequency.DAILY.dueAt(event, zone, null, false);
            Instant weekly = DigestFrequency.WEEKLY.dueAt(event, zone, null, false);
            assertThat(Duration.between(event, hourly)).isPositive().isLessThanOrEqualTo(Duration.ofMinutes(90));
            assertThat(Duration.between(event, daily)).isPositive().isLessThanOrEqualTo(Duration.ofDays(2));
            assertThat(Duration.between(event, weekly)).isPositive().isLessThanOrEqualTo(Duration.ofDays(8));
            if (isOrdinary(hourly, zone)) {
                assertThat(hourly.atZone(zone).getMinute()).isZero();
            }
            if (isOrdinary(daily, zone)) {
                assertThat(daily.atZone(zone).toLocalTime()).isEqualTo(MORNING);
            }
            if (isOrdinary(weekly, zone)) {
                assertThat(weekly.atZone(zone).toLocalTime()).isEqualTo(MORNING);
                assertThat(weekly.atZone(zone).getDayOfWeek()).isEqualTo(DayOfWeek.MONDAY);
            }
        });
    }

    @Test
    void inEveryZoneLaterEventsAreNotDueEarlier() {
        var random = new Random(2);
        forRandomTimes((event, zone) -> {
            var quiet = quietHours(random);
            Instant later = event.plusSeconds(random.nextInt(200_000));
            for (DigestFrequency digest : DigestFrequency.values()) {
                assertThat(digest.dueAt(later, zone, quiet, false))
                        .isAfterOrEqualTo(digest.dueAt(event, zone, quiet, false));
            }
        });
    }

    @Test
    void inEveryZoneAnEventIsNotDueInQuietHoursAndHeldOnlyByThem() {
        var random = new Random(3);
        forRandomTimes((event, zone) -> {
            var quiet = quietHours(random);
            Instant due = DigestFrequency.NONE.dueAt(event, zone, quiet, false);
            assertThat(DigestFrequency.NONE.dueAt(due, zone, quiet, false)).isEqualTo(due);
            if (isOrdinary(event, zone) && isOrdinary(due, zone)) {
                assertThat(isQuiet(due.atZone(zone).toLocalTime(), quiet)).isFalse();
                assertThat(isQuiet(event.atZone(zone).toLocalTime(), quiet)).isEqualTo(due.isAfter(event));
            }
        });
    }

    /** Times of 25 years in all zones, every other one within hours of a change of clocks. */
    private static void forRandomTimes(BiConsumer<Instant, ZoneId> check) {
        var random = new Random(1);
        var zones = new ArrayList<>(new TreeSet<>(ZoneId.getAvailableZoneIds()));
        for (int round = 0; round < 20_000; round++) {
            ZoneId zone = ZoneId.of(zones.get(random.nextInt(zones.size())));
            Instant any = Instant.ofEpochSecond(1_262_304_000L + random.nextInt(788_923_150));
            var change = zone.getRules().nextTransition(any);
            check.accept(
                    change == null || random.nextBoolean()
                            ? any
                            : change.getInstant().plusSeconds(random.nextInt(200_000) - 100_000),
                    zone);
        }
    }

    private static QuietHours quietHours(Random random) {
        LocalTime from = LocalTime.of(random.nextInt(24), random.nextInt(60));
        return new QuietHours(from, from.plusMinutes(1 + random.nextInt(24 * 60 - 1)), random.nextBoolean());
    }

    private static boolean isQuiet(LocalTime time, QuietHours quiet) {
        boolean begun = !time.isBefore(quiet.from());
        boolean over = !time.isBefore(quiet.to());
        return quiet.from().isBefore(quiet.to()) ? begun && !over : begun || !over;
    }

    /** No change of clocks within two days. */
    private static boolean isOrdinary(Instant time, ZoneId zone) {
        var before = zone.getRules().getOffset(time.minus(Duration.ofDays(2)));
        return List.of(-1, 0, 1, 2).stream()
                .allMatch(days -> zone.getRules()
                        .getOffset(time.plus(Duration.ofDays(days)))
                        .equals(before));
    }
}
