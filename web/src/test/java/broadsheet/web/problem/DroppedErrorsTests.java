package broadsheet.web.problem;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import reactor.core.publisher.Operators;
import reactor.util.context.Context;

@ExtendWith(OutputCaptureExtension.class)
class DroppedErrorsTests {

    @Test
    void errorsThatNobodyWaitsForAreALineNotAStackTraceForEach(CapturedOutput output) {
        var errors = new DroppedErrors(Duration.ofMinutes(1));
        try {
            for (int i = 0; i < 3; i++) {
                Operators.onErrorDropped(new IllegalStateException("too late " + i), Context.empty());
            }
        } finally {
            errors.destroy();
        }

        assertThat(output.getAll()).containsOnlyOnce("too late").doesNotContain("onErrorDropped", "\tat ");
    }
}
