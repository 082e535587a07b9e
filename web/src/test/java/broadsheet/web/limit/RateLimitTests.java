package broadsheet.web.limit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import broadsheet.web.problem.ProblemException;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class RateLimitTests {

    private final RateLimit limit = new RateLimit(3, 1, Duration.ofHours(1));

    @Test
    void aNetworkBeyondItsBurstIsToldWhenToComeAgain() {
        for (int call = 0; call < 3; call++) {
            assertThat(limit.take("192.0.2.7")).isZero();
        }
        assertThat(limit.take("192.0.2.7")).isBetween(Duration.ofMinutes(50), Duration.ofHours(1));
        assertThatThrownBy(() -> limit.take("192.0.2.7", "Too many"))
                .isInstanceOfSatisfying(ProblemException.class, refused -> {
                    assertThat(refused.getStatusCode().value()).isEqualTo(429);
                    assertThat(refused.getBody().getDetail()).isEqualTo("Too many");
                    assertThat(refused.getHeaders().getFirst("Retry-After")).matches("3[0-6]\\d\\d");
                });
    }

    @Test
    void otherNetworksAreNotAffected() {
        for (int call = 0; call < 10; call++) {
            limit.take("192.0.2.7");
        }
        assertThat(limit.take("192.0.2.8")).isZero();
    }
}
