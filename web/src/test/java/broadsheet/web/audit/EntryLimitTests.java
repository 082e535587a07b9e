package broadsheet.web.audit;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class EntryLimitTests {

    private long now;
    private final EntryLimit limit = new EntryLimit(3, Duration.ofSeconds(10), () -> now);

    @Test
    void aPeriodHasSoManyEntriesAndTheNextKnowsHowManyWereLeftOut() {
        for (int n = 0; n < 10; n++) {
            assertThat(limit.allows()).isEqualTo(n < 3);
        }
        now = Duration.ofSeconds(10).toNanos();
        assertThat(limit.allows()).isTrue();
        assertThat(limit.leftOut()).isEqualTo(7);
        assertThat(limit.leftOut()).isZero();
    }
}
