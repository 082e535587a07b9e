package broadsheet.stats.counting;

import static java.util.Objects.requireNonNull;

import broadsheet.stats.StatsProperties;
import broadsheet.stats.classification.ViewClassifier;
import broadsheet.stats.kafka.ViewsTopic;
import broadsheet.stats.position.PartitionPosition;
import broadsheet.stats.position.PartitionPositions;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.common.TopicPartition;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/**
 * Moves a consumer to the position that the store has of a partition, less the views that are remembered to know double
 * clicks and duplicates by; to the beginning where the store has none.
 */
@Component
class SeekToStoredPosition {

    private static final Logger log = LoggerFactory.getLogger(SeekToStoredPosition.class);

    private final StatsProperties properties;
    private final ViewsTopic topic;
    private final PartitionPositions positions;
    private final Map<TopicPartition, Long> endsWhenAssigned = new ConcurrentHashMap<>();

    SeekToStoredPosition(StatsProperties properties, ViewsTopic topic, PartitionPositions positions) {
        this.properties = properties;
        this.topic = topic;
        this.positions = positions;
    }

    /**
     * Takes the ends of partitions as they are assigned: a position beyond them means that Kafka has lost records. Of a
     * partition that is assigned again before its first record came the first end counts.
     */
    void assigned(Map<TopicPartition, Long> ends) {
        ends.forEach((partition, end) -> endsWhenAssigned.merge(partition, end, Math::min));
    }

    AssignedPartition seek(TopicPartition partition, Consumer<?, ?> consumer) {
        String key = requireNonNull(topic.id()
                .map(id -> PartitionPosition.partitionKey(id, partition.partition()))
                .block(properties.timeLimit()));
        PartitionPosition position = positions.find(List.of(key)).next().block(properties.timeLimit());
        long resume = position == null
                ? requireNonNull(consumer.beginningOffsets(List.of(partition)).get(partition))
                : Math.min(position.next(), endsWhenAssigned.getOrDefault(partition, Long.MAX_VALUE));
        long start = position == null ? resume : firstRemembered(partition, position, resume, consumer);
        if (position != null && resume < position.next()) {
            log.warn("{} ends at {} but was counted to {}: Kafka has lost records", partition, resume, position.next());
            positions
                    .setBack(new PartitionPosition(key, resume, position.clock()))
                    .block(properties.timeLimit());
        }
        endsWhenAssigned.remove(partition); // from now on the position is one of this log
        consumer.seek(partition, start);
        log.info("{}: counting goes on at offset {}, remembering from {}", partition, resume, start);
        return new AssignedPartition(key, start, resume, properties);
    }

    private long firstRemembered(
            TopicPartition partition, PartitionPosition position, long resume, Consumer<?, ?> consumer) {
        long horizon =
                ViewClassifier.remembersFrom(position.clock(), properties).toEpochMilli();
        var first = consumer.offsetsForTimes(Map.of(partition, horizon)).get(partition);
        return first == null ? resume : Math.min(first.offset(), resume);
    }
}
