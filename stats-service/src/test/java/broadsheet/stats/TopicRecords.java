package broadsheet.stats;

import broadsheet.events.Envelope;
import broadsheet.events.EventCodec;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.common.TopicPartition;
import org.springframework.kafka.core.ConsumerFactory;

/** Reads all that a topic holds now. */
public final class TopicRecords {

    private TopicRecords() {}

    public static List<Envelope<?>> of(ConsumerFactory<String, byte[]> consumers, String topic) {
        try (Consumer<String, byte[]> consumer =
                consumers.createConsumer(UUID.randomUUID().toString(), null)) {
            List<TopicPartition> partitions = consumer.partitionsFor(topic).stream()
                    .map(partition -> new TopicPartition(topic, partition.partition()))
                    .toList();
            consumer.assign(partitions);
            consumer.seekToBeginning(partitions);
            var ends = consumer.endOffsets(partitions);
            List<Envelope<?>> events = new ArrayList<>();
            while (ends.entrySet().stream().anyMatch(end -> consumer.position(end.getKey()) < end.getValue())) {
                consumer.poll(Duration.ofMillis(200)).forEach(record -> events.add(EventCodec.decode(record)));
            }
            return events;
        }
    }
}
