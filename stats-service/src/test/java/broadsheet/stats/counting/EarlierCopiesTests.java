package broadsheet.stats.counting;

import static broadsheet.stats.ViewEvents.arrived;
import static broadsheet.stats.ViewEvents.event;
import static broadsheet.stats.ViewEvents.view;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.mockito.ArgumentMatchers.any;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.times;
import static org.mockito.Mockito.verify;
import static org.mockito.Mockito.verifyNoInteractions;
import static org.mockito.Mockito.when;

import broadsheet.stats.TestStatsProperties;
import java.time.Instant;
import java.util.List;
import java.util.function.Predicate;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.errors.TimeoutException;
import org.junit.jupiter.api.Test;
import org.springframework.kafka.core.ConsumerFactory;

class EarlierCopiesTests {

    private static final Instant NOON = Instant.parse("2026-03-01T12:00:00Z");

    @SuppressWarnings("unchecked")
    private final ConsumerFactory<String, byte[]> consumers = mock(ConsumerFactory.class);

    private final EarlierCopies copies = new EarlierCopies(consumers, TestStatsProperties.defaults());
    private final ConsumerRecord<String, byte[]> direct = arrived(0, 1, event(view("a", "v", NOON)));
    private final ConsumerRecord<String, byte[]> resent = arrived(0, 2, event(view("a", "w", NOON)));

    EarlierCopiesTests() {
        resent.headers().add("ce_lastattempt", NOON.toString().getBytes(UTF_8));
    }

    @Test
    void whatWasNotSentAgainIsNotLookedUp() {
        assertThat(copies.among(List.of(direct, resent)).test(direct)).isFalse();

        verifyNoInteractions(consumers);
    }

    @Test
    void aLookUpThatFailsGivesNoAnswerAndIsTriedAgain() {
        when(consumers.createConsumer(any(), any(), any(), any())).thenThrow(new TimeoutException("away"));
        Predicate<ConsumerRecord<String, byte[]>> amongThem = copies.among(List.of(direct, resent));

        assertThatThrownBy(() -> amongThem.test(resent)).isInstanceOf(TimeoutException.class);
        assertThatThrownBy(() -> amongThem.test(resent)).isInstanceOf(TimeoutException.class);

        verify(consumers, times(2)).createConsumer(any(), any(), any(), any());
    }
}
