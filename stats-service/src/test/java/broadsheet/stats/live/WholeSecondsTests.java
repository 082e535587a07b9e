package broadsheet.stats.live;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class WholeSecondsTests {

    @ParameterizedTest
    @CsvSource({
        "10.000, 0, 11.000",
        "10.003, 0, 11.000",
        "10.499, 0, 11.000", // late for the tenth
        "10.999, 0, 12.000", // the timer of the eleventh came early
        "10.151, 150, 11.150",
        "10.149, 150, 11.150", // early for the tenth
        "10.700, 150, 12.150" // the work took half a second
    })
    void theNextIsTheSecondAfterTheClosest(String now, long after, String next) {
        Duration wait = WholeSeconds.untilNext(seconds(now), Duration.ofMillis(after));

        assertThat(seconds(now).plus(wait)).isEqualTo(seconds(next));
    }

    private static Instant seconds(String text) {
        return Instant.parse("2026-11-27T10:00:" + text + "Z");
    }
}
