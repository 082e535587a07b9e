package broadsheet.article.view;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import broadsheet.web.problem.ProblemException;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.util.Objects;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class ViewLimitTests {

    private final SimpleMeterRegistry meters = new SimpleMeterRegistry();

    private final ViewLimit limit = new ViewLimit(new ViewLimitProperties(1, 1000), meters);

    @Test
    void anAddressBeyondItsBurstIsToldWhenToComeAgain() {
        var refused = Stream.generate(() -> catchThrowableOfType(ProblemException.class, () -> limit.take("192.0.2.7")))
                .limit(5000)
                .filter(Objects::nonNull)
                .findFirst()
                .orElseThrow();

        assertThat(refused.getStatusCode().value()).isEqualTo(429);
        assertThat(refused.getHeaders().getFirst("Retry-After")).isEqualTo("1");
        assertThat(counted("refused")).isEqualTo(1);
    }

    @Test
    void whatIsLeftOutBesideAnswersIsCounted() {
        assertThat(IntStream.range(0, 5000).filter(n -> limit.takesBesideAnswer("192.0.2.7")))
                .hasSizeBetween(1000, 4999);
        assertThat(counted("left out")).isPositive();
    }

    @Test
    void otherAddressesAreNotAffected() {
        IntStream.range(0, 2000).forEach(n -> limit.takesBesideAnswer("192.0.2.7"));
        assertThat(limit.takesBesideAnswer("192.0.2.8")).isTrue();
    }

    private double counted(String what) {
        return meters.get("broadsheet.views.limited")
                .tag("view", what)
                .counter()
                .count();
    }
}
