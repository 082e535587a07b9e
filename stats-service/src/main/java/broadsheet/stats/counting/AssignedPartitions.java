package broadsheet.stats.counting;

import static java.util.Objects.requireNonNull;

import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;
import org.springframework.kafka.listener.ConsumerAwareRebalanceListener;

/**
 * The partitions that this instance reads. One that is assigned, or whose batch failed, is unknown: its next record moves
 * the consumer to the stored position. So there is one way back from a crash, a rebalance and a store that was away.
 */
class AssignedPartitions implements ConsumerAwareRebalanceListener {

    private final SeekToStoredPosition seek;
    private final Map<TopicPartition, AssignedPartition> known = new ConcurrentHashMap<>();

    AssignedPartitions(SeekToStoredPosition seek) {
        this.seek = seek;
    }

    /**
     * Starts every assigned partition at its beginning, so that a record arrives wherever there is one. The stored position
     * cannot be read here, nor anything else asked: the store or Kafka may be away, and after an exception the partition
     * would be read from the offset committed to Kafka.
     */
    @Override
    public void onPartitionsAssigned(Consumer<?, ?> consumer, Collection<TopicPartition> partitions) {
        forget(partitions);
        consumer.seekToBeginning(partitions);
    }

    /** The partition, if the record is the one to go on with; otherwise its consumer is moved to where to go on. */
    Optional<AssignedPartition> readyFor(ConsumerRecord<?, ?> record, Consumer<?, ?> consumer) {
        var partition = new TopicPartition(record.topic(), record.partition());
        AssignedPartition assigned = known.get(partition);
        if (assigned == null || assigned.hasRead(record) || haveBeenDeleted(partition, assigned, record, consumer)) {
            known.put(partition, seek.seek(partition, consumer));
            return Optional.empty();
        }
        if (assigned.asksAgainBefore(record)) {
            consumer.seek(partition, assigned.next().sought());
            return Optional.empty();
        }
        return Optional.of(assigned);
    }

    private static boolean haveBeenDeleted(
            TopicPartition partition,
            AssignedPartition assigned,
            ConsumerRecord<?, ?> before,
            Consumer<?, ?> consumer) {
        return assigned.skipsTo(before)
                && requireNonNull(consumer.beginningOffsets(List.of(partition)).get(partition))
                        > assigned.next().offset();
    }

    void forget(Collection<TopicPartition> partitions) {
        known.keySet().removeAll(partitions);
    }
}
