package broadsheet.article.account;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class SignInFailuresTests {

    private static final String WHO = "ann 192.0.2.7";

    private Instant now = Instant.parse("2026-11-24T12:00:00Z");
    private final SignInFailures failures = new SignInFailures(new AccountProperties("", 3), () -> now);

    @Test
    void eachFailureBeyondTheFreeOnesDoublesTheWait() {
        fail(WHO, 2);
        assertThat(failures.wait(WHO)).isZero();
        fail(WHO, 1);
        assertThat(failures.wait(WHO)).isEqualTo(Duration.ofSeconds(1));
        fail(WHO, 2);
        assertThat(failures.wait(WHO)).isEqualTo(Duration.ofSeconds(4));
        fail(WHO, 100);
        assertThat(failures.wait(WHO)).isEqualTo(Duration.ofSeconds(64));

        now = now.plusSeconds(65);
        assertThat(failures.wait(WHO)).isZero();
    }

    @Test
    void someoneWithTheSameNameElsewhereNeedNotWait() {
        fail(WHO, 100);
        assertThat(failures.wait("ann 192.0.2.8")).isZero();
    }

    @Test
    void whoeverSignsInStartsAnew() {
        fail(WHO, 10);
        failures.succeeded(WHO);
        fail(WHO, 1);
        assertThat(failures.wait(WHO)).isZero();
    }

    @Test
    void anAttackWithManyNamesFillsNoMemory() {
        for (int i = 0; i < 50_000; i++) {
            failures.failed("name" + i + " 192.0.2.7");
        }
        assertThat(failures.remembered()).isLessThanOrEqualTo(10_000);
    }

    private void fail(String who, int times) {
        for (int i = 0; i < times; i++) {
            failures.failed(who);
        }
    }
}
