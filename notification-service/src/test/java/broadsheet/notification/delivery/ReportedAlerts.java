package broadsheet.notification.delivery;

import broadsheet.events.AlertSent;
import broadsheet.events.EventCodec;
import broadsheet.events.Topics;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.StringDeserializer;

/** Reads how many were told of each alert. */
final class ReportedAlerts implements AutoCloseable {

    private final KafkaConsumer<String, byte[]> consumer;
    private final Map<String, AlertSent> newest = new HashMap<>();

    ReportedAlerts(String bootstrapServers) {
        consumer = new KafkaConsumer<>(
                Map.of(ConsumerConfig.BOOTSTRAP_SERVERS_CONFIG, bootstrapServers),
                new StringDeserializer(),
                new ByteArrayDeserializer());
        List<TopicPartition> partitions = consumer.partitionsFor(Topics.ALERTS).stream()
                .map(partition -> new TopicPartition(partition.topic(), partition.partition()))
                .toList();
        consumer.assign(partitions);
        consumer.seekToBeginning(partitions);
    }

    /** The last that was said of an alert; empty where nothing was yet. */
    Optional<AlertSent> newest(String alertId) {
        consumer.poll(Duration.ofMillis(100)).forEach(record -> {
            AlertSent alert = (AlertSent) EventCodec.decode(record).event();
            newest.put(alert.alertId(), alert);
        });
        return Optional.ofNullable(newest.get(alertId));
    }

    @Override
    public void close() {
        consumer.close();
    }
}
