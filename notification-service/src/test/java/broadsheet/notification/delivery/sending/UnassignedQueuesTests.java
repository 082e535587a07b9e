package broadsheet.notification.delivery.sending;

import static broadsheet.notification.delivery.DeliveryExamples.NOW;
import static org.assertj.core.api.Assertions.assertThat;
import static org.mockito.ArgumentMatchers.any;
import static org.mockito.ArgumentMatchers.eq;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.when;

import broadsheet.notification.delivery.Delivery.State;
import broadsheet.notification.delivery.DeliveryLedger;
import broadsheet.notification.delivery.DeliveryLedger.Pending;
import broadsheet.notification.subscription.Channel;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import reactor.core.publisher.Mono;

@ExtendWith(OutputCaptureExtension.class)
class UnassignedQueuesTests {

    private static final String SAID = "Kafka assigns no queues";

    private final DeliveryLedger ledger = mock(DeliveryLedger.class);
    private final AssignedQueues partitions = new AssignedQueues();
    private final SimpleMeterRegistry meters = new SimpleMeterRegistry();
    private final UnassignedQueues queues = new UnassignedQueues(ledger, partitions, meters, InstantSource.fixed(NOW));

    @BeforeEach
    void nothingIsDue() {
        when(ledger.pending(any(), any())).thenReturn(Mono.just(Map.of()));
    }

    @Test
    void thatNobodySendsWhatIsDueIsSaidOnce(CapturedOutput output) {
        mailIsDue(NOW.minusSeconds(90));

        queues.run().block();
        queues.run().block();

        assertThat(output.getOut()).containsOnlyOnce(SAID);
        assertThat(meters.get("broadsheet.notification.queues.assigned").gauge().value())
                .isZero();
    }

    @Test
    void whileNothingIsLateNothingIsSaid(CapturedOutput output) {
        queues.run().block();
        mailIsDue(NOW.plusSeconds(3_600));

        queues.run().block();

        assertThat(output.getOut()).doesNotContain(SAID);
    }

    private void mailIsDue(Instant due) {
        when(ledger.pending(eq(Channel.EMAIL), any()))
                .thenReturn(Mono.just(Map.of(State.SCHEDULED, new Pending(5, due))));
    }
}
