package broadsheet.faults;

import broadsheet.events.ArticleViewed;
import broadsheet.events.EventCodec;
import broadsheet.events.Topics;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.StringDeserializer;

/** What is in {@code news.views}, read from its beginning. */
final class ViewsLog implements AutoCloseable {

    private static final Duration POLL = Duration.ofMillis(200);

    private final KafkaConsumer<String, byte[]> consumer;
    private final List<TopicPartition> partitions;
    private final Map<Integer, Set<LoggedView>> views = new HashMap<>();
    private long records;

    ViewsLog(String bootstrapServers) {
        consumer = new KafkaConsumer<>(
                Map.of("bootstrap.servers", bootstrapServers), new StringDeserializer(), new ByteArrayDeserializer());
        partitions = consumer.partitionsFor(Topics.VIEWS).stream()
                .map(partition -> new TopicPartition(partition.topic(), partition.partition()))
                .toList();
        consumer.assign(partitions);
        consumer.seekToBeginning(partitions);
    }

    /** An event, however many records it has. */
    record LoggedView(String eventId, Instant receivedAt) {}

    /** Reads on to the end that the log has now; returns the number of records that were new. */
    long readOn() {
        long before = records;
        Map<TopicPartition, Long> end = consumer.endOffsets(partitions);
        while (end.entrySet().stream().anyMatch(one -> consumer.position(one.getKey()) < one.getValue())) {
            consumer.poll(POLL).forEach(this::add);
        }
        return records - before;
    }

    /** Records, duplicates among them. */
    long records() {
        return records;
    }

    /** The events that a view became: none, or one. */
    Set<LoggedView> of(SentView view) {
        return views.getOrDefault(view.number(), Set.of());
    }

    @Override
    public void close() {
        consumer.close();
    }

    private void add(ConsumerRecord<String, byte[]> record) {
        records++;
        var event = EventCodec.decode(record);
        var view = (ArticleViewed) event.event();
        views.computeIfAbsent(SentView.numberOf(view.referrerHost()), first -> new HashSet<>(2))
                .add(new LoggedView(event.id(), view.receivedAt()));
    }
}
