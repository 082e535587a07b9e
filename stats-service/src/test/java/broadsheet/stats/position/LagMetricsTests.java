package broadsheet.stats.position;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;

class LagMetricsTests {

    private final SimpleMeterRegistry meters = new SimpleMeterRegistry();
    private final LagMetrics metrics = new LagMetrics(meters);

    @Test
    void eachPartitionTellsItsOwnLag() {
        metrics.measured(Map.of(0, 7L, 11, 0L), Duration.ofMillis(1500));

        assertThat(lag(0)).isEqualTo(7);
        assertThat(lag(11)).isZero();
        assertThat(age()).isEqualTo(1.5);
    }

    @Test
    void aPartitionThatIsGoneLagsNoMore() {
        metrics.measured(Map.of(0, 7L, 1, 5L), Duration.ofSeconds(1));
        metrics.measured(Map.of(0, 3L), Duration.ofSeconds(1));

        assertThat(lag(0)).isEqualTo(3);
        assertThat(lag(1)).isZero();
    }

    @Test
    void anAgeThatNobodyKnowsIsNoNumber() {
        metrics.measured(Map.of(0, 7L), Duration.ofSeconds(1));
        metrics.unknown();

        assertThat(age()).isNaN();
        assertThat(lag(0)).isEqualTo(7);
    }

    private double lag(int partition) {
        return meters.get("broadsheet.stats.lag")
                .tag("partition", String.valueOf(partition))
                .gauge()
                .value();
    }

    private double age() {
        return meters.get("broadsheet.stats.lag.age").gauge().value();
    }
}
