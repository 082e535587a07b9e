package broadsheet.stats.traffic;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;

class UsualViewsTests {

    private static final Instant NOON = Instant.parse("2026-11-27T12:00:00Z");

    private final Map<Instant, Long> byHour = new HashMap<>();

    @Test
    void theSecondQuietestDayIsWhatIsExpected() {
        long[] daily = {0, 600, 120, 500, 400, 300, 200};
        for (int day = 1; day <= daily.length; day++) {
            byHour.put(NOON.minus(Duration.ofDays(day)), daily[day - 1]);
        }

        assertThat(usual(NOON, NOON.plusSeconds(3_600))).isEqualTo(120);
        assertThat(usual(NOON.plusSeconds(600), NOON.plusSeconds(1_200))).isEqualTo(20);
        assertThat(usual(NOON.minusSeconds(1_800), NOON.plusSeconds(1_800))).isEqualTo(60);
    }

    @Test
    void ofASiteThatIsYoungerThanAWeekNothingIsExpected() {
        for (int day = 1; day <= 5; day++) {
            byHour.put(NOON.minus(Duration.ofDays(day)), 1_000L);
        }

        assertThat(usual(NOON, NOON.plusSeconds(3_600))).isZero();
    }

    private long usual(Instant from, Instant to) {
        return new UsualViews(byHour).between(from, to);
    }
}
