package broadsheet.kafka;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.slf4j.LoggerFactory;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

@ExtendWith(OutputCaptureExtension.class)
class OutageLogTests {

    private Instant now = Instant.EPOCH;

    private final OutageLog log =
            new OutageLog(LoggerFactory.getLogger(OutageLogTests.class), () -> now, Duration.ofSeconds(10));

    @Test
    void whatIsSoonOverIsNotLogged(CapturedOutput output) {
        log.failed("away");
        after(Duration.ofSeconds(9));
        log.failed("away");
        log.recovered("back");
        after(Duration.ofSeconds(5));
        log.failed("away");

        assertThat(output).doesNotContain("away", "back");
    }

    @Test
    void whatLastsIsLoggedOnceAMinuteAndAtItsEnd(CapturedOutput output) {
        log.failed("away at {}", now);
        after(Duration.ofSeconds(10));
        log.failed("away at {}", now);
        after(Duration.ofSeconds(59));
        log.failed("away at {}", now);
        after(Duration.ofSeconds(1));
        log.failed("away at {}", now);
        log.recovered("back");
        log.recovered("back");

        assertThat(output.getOut()
                        .lines()
                        .filter(line -> line.contains(getClass().getSimpleName()))
                        .map(line -> line.replaceAll(".* - ", "")))
                .containsExactly("away at 1970-01-01T00:00:10Z", "away at 1970-01-01T00:01:10Z", "back");
    }

    private void after(Duration pause) {
        now = now.plus(pause);
    }
}
