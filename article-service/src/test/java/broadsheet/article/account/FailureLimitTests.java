package broadsheet.article.account;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class FailureLimitTests {

    private static final Instant NOON = Instant.parse("2026-11-24T12:00:00Z");

    private final FailureLimit limit = new FailureLimit(3, Duration.ofMinutes(15), Duration.ofSeconds(1));

    @Test
    void eachFailureBeyondTheFreeOnesDoublesTheWaitUpToAMinute() {
        fail(2);
        assertThat(limit.wait("ann", NOON)).isZero();
        fail(1);
        assertThat(limit.wait("ann", NOON)).isEqualTo(Duration.ofSeconds(1));
        fail(2);
        assertThat(limit.wait("ann", NOON)).isEqualTo(Duration.ofSeconds(4));
        fail(100);
        assertThat(limit.wait("ann", NOON)).isEqualTo(Duration.ofMinutes(1));
        assertThat(limit.wait("ann", NOON.plusSeconds(59))).isEqualTo(Duration.ofSeconds(1));
        assertThat(limit.wait("ann", NOON.plusSeconds(60))).isZero();
        assertThat(limit.wait("bob", NOON)).isZero();
    }

    @Test
    void asManyFailuresAsAreFreeAreForgottenInAWindow() {
        fail(3);
        Instant later = NOON.plus(Duration.ofMinutes(5));
        limit.count("ann", later);
        assertThat(limit.wait("ann", later)).isEqualTo(Duration.ofSeconds(1));
        Instant muchLater = later.plus(Duration.ofMinutes(15));
        limit.count("ann", muchLater);
        assertThat(limit.wait("ann", muchLater)).isZero();
    }

    @Test
    void aFailureThatWasNoneIsTakenBack() {
        fail(3);
        limit.uncount("ann", NOON);
        assertThat(limit.wait("ann", NOON)).isZero();
        fail(1);
        assertThat(limit.wait("ann", NOON)).isEqualTo(Duration.ofSeconds(1));
    }

    private void fail(int times) {
        for (int i = 0; i < times; i++) {
            limit.count("ann", NOON);
        }
    }
}
