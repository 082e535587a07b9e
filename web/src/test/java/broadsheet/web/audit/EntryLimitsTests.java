package broadsheet.web.audit;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class EntryLimitsTests {

    private long now;
    private final EntryLimits limits = new EntryLimits(() -> now);

    @Test
    void aPeriodHasSoManyEntriesOfASourceAndTheNextKnowsHowManyWereLeftOut() {
        for (int n = 0; n < 37; n++) {
            assertThat(limits.allow("noisy")).isEqualTo(n < 30);
        }
        assertThat(limits.allow("quiet")).isTrue();
        now = Duration.ofSeconds(10).toNanos();
        assertThat(limits.allow("noisy")).isTrue();
        assertThat(limits.leftOut()).isEqualTo(7);
        assertThat(limits.leftOut()).isZero();
    }

    @Test
    void manySourcesHaveALimitTogetherAndFillNoMemory() {
        for (int n = 0; n < 10_000; n++) {
            assertThat(limits.allow("source " + n)).isEqualTo(n < 100);
        }
        assertThat(limits.remembered()).isLessThanOrEqualTo(1_000);
    }
}
