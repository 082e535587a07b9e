package broadsheet.stats.counting;

import static broadsheet.stats.ViewEvents.arrived;
import static broadsheet.stats.ViewEvents.event;
import static broadsheet.stats.ViewEvents.view;
import static org.assertj.core.api.Assertions.assertThat;
import static org.mockito.ArgumentMatchers.any;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.times;
import static org.mockito.Mockito.verify;
import static org.mockito.Mockito.when;

import broadsheet.stats.TestStatsProperties;
import broadsheet.stats.classification.ViewRules;
import broadsheet.stats.position.Place;
import broadsheet.stats.position.PlaceSet;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.MockConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.TimeoutException;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** However the place that a consumer reads at came about, counting goes on at the next record that is not counted. */
class AssignedPartitionsTests {

    private static final TopicPartition PARTITION = new TopicPartition("news.views", 0);
    private static final Instant NOON = Instant.parse("2026-03-01T12:00:00Z");

    private final SeekToStoredPosition seek = mock();
    private final AssignedPartitions partitions = new AssignedPartitions(seek);
    private final MockConsumer<String, byte[]> consumer = new MockConsumer<>("earliest") {
        @Override
        public synchronized Map<TopicPartition, Long> endOffsets(Collection<TopicPartition> asked) {
            throw new TimeoutException("Kafka is away");
        }
    };

    @BeforeEach
    void assign() {
        consumer.assign(List.of(PARTITION));
        consumer.updateBeginningOffsets(Map.of(PARTITION, 0L));
        when(seek.seek(any(), any())).thenAnswer(sought -> partition());
    }

    @Test
    void anAssignmentAsksNothingThatCouldTimeOut() {
        partitions.onPartitionsAssigned(consumer, List.of(PARTITION));

        assertThat(consumer.position(PARTITION)).isZero();
    }

    @Test
    void aConsumerThatWasMovedForwardByOthersIsMovedBack() {
        read(9);
        AssignedPartition assigned = read(10).orElseThrow();
        assigned.advancePast(record(10));

        assertThat(read(500)).isEmpty();

        assertThat(consumer.position(PARTITION)).isEqualTo(11);
        assertThat(read(11)).contains(assigned);
        verify(seek, times(1)).seek(any(), any());
    }

    @Test
    void anOffsetThatHoldsNoRecordIsPassed() {
        read(9);
        AssignedPartition assigned = read(10).orElseThrow();
        assigned.advancePast(record(10));

        assertThat(read(12)).isEmpty();
        assertThat(read(12)).contains(assigned);
    }

    @Test
    void aConsumerBehindWhichKafkaDeletedRecordsGoesTheWayBack() {
        read(9);
        read(10).orElseThrow().advancePast(record(10));
        consumer.updateBeginningOffsets(Map.of(PARTITION, 20L));

        assertThat(read(20)).isEmpty();

        verify(seek, times(2)).seek(any(), any());
    }

    private Optional<AssignedPartition> read(long offset) {
        return partitions.readyFor(record(offset), consumer);
    }

    private static AssignedPartition partition() {
        return new AssignedPartition(
                "t-0",
                10,
                new Place(0, 10),
                TestStatsProperties.defaults(),
                ViewRules.current(TestStatsProperties.defaults()),
                null,
                PlaceSet.of());
    }

    private static ConsumerRecord<String, byte[]> record(long offset) {
        return arrived(0, offset, event(view("a", "v", NOON)));
    }
}
