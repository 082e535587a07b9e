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
import broadsheet.stats.kafka.ReplayedRecord;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.MockConsumer;
import org.apache.kafka.common.TopicPartition;
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

    /** A generation that began later reads the first record by its own release, and counts it there. */
    @Test
    void whatWasADeadLetterStandsBeforeOnlyWhereALaterGenerationCanReadIt() {
        anUnreadableOneStandsBeforeAnotherView();

        assertThat(isCopyIn(1, replayed(1))).as("counted as a dead letter").isFalse();
        assertThat(isCopyIn(2, replayed(1))).as("counted where it stood").isTrue();
        assertThat(isCopyIn(2, replayed(0))).as("a dead letter again").isFalse();
        assertThat(isCopyIn(2, replayed(7))).as("not there").isFalse();
    }

    @Test
    void theLogIsReadOnceHoweverManyDeadLettersABatchHolds() {
        anUnreadableOneStandsBeforeAnotherView();
        List<ConsumerRecord<String, byte[]>> batch = List.of(replayed(0), replayed(1), replayed(7));

        assertThat(batch.stream().filter(copies.of(2).among(batch))).containsExactly(batch.get(1));

        verify(consumers, times(1)).createConsumer(any(), any(), any(), any());
    }

    private void anUnreadableOneStandsBeforeAnotherView() {
        var partition = new TopicPartition("news.views", 0);
        ConsumerRecord<String, byte[]> unreadable = arrived(0, 0, event(view("a", "v", NOON)));
        unreadable.headers().remove("ce_type");
        when(consumers.createConsumer(any(), any(), any(), any())).thenAnswer(call -> {
            var consumer = new MockConsumer<String, byte[]>("earliest");
            consumer.schedulePollTask(() -> List.of(unreadable, direct).forEach(consumer::addRecord));
            consumer.updateBeginningOffsets(Map.of(partition, 0L));
            consumer.updateEndOffsets(Map.of(partition, 2L));
            return consumer;
        });
    }

    private boolean isCopyIn(int generation, ConsumerRecord<String, byte[]> record) {
        return copies.of(generation).among(List.of(record)).test(record);
    }

    private static ConsumerRecord<String, byte[]> replayed(long offset) {
        ConsumerRecord<String, byte[]> record = arrived(0, 3, event(view("a", "v", NOON)));
        record.headers().add("ce_lastattempt", NOON.toString().getBytes(UTF_8)); // as it was before
        new ReplayedRecord(0, offset, 1).addTo(record.headers());
        return record;
    }
}
