package broadsheet.stats.counting;

import java.util.Collection;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;
import org.springframework.kafka.listener.ConsumerAwareRebalanceListener;
import org.springframework.stereotype.Component;

/**
 * The partitions that this instance reads. One that is assigned, or whose batch failed, is unknown: its next record moves
 * the consumer to the stored position. So there is one way back from a crash, a rebalance and a store that was away.
 */
@Component
class AssignedPartitions implements ConsumerAwareRebalanceListener {

    private final SeekToStoredPosition seek;
    private final Map<TopicPartition, AssignedPartition> known = new ConcurrentHashMap<>();

    AssignedPartitions(SeekToStoredPosition seek) {
        this.seek = seek;
    }

    /**
     * Starts every assigned partition at its beginning, so that a record arrives wherever there is one. The stored position
     * cannot be read here: the store may be away, and after an exception the partition would be read from the offset
     * committed to Kafka.
     */
    @Override
    public void onPartitionsAssigned(Consumer<?, ?> consumer, Collection<TopicPartition> partitions) {
        seek.assigned(consumer.endOffsets(partitions));
        forget(partitions);
        consumer.seekToBeginning(partitions);
    }

    /** The partition, if the record is the one to go on with; otherwise its consumer is moved to where to go on. */
    Optional<AssignedPartition> readyFor(ConsumerRecord<?, ?> record, Consumer<?, ?> consumer) {
        var partition = new TopicPartition(record.topic(), record.partition());
        AssignedPartition assigned = known.get(partition);
        if (assigned != null && !assigned.hasRead(record)) {
            return Optional.of(assigned);
        }
        known.put(partition, seek.seek(partition, consumer));
        return Optional.empty();
    }

    void forget(Collection<TopicPartition> partitions) {
        known.keySet().removeAll(partitions);
    }
}
