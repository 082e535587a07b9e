package broadsheet.article;

import static java.nio.charset.StandardCharsets.UTF_8;

import broadsheet.events.Envelope;
import broadsheet.events.EventCodec;
import broadsheet.events.NewsEvent;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.StringDeserializer;

/** Reads a topic from its beginning; what it read before is kept. */
final class TopicReader implements AutoCloseable {

    private final KafkaConsumer<String, byte[]> consumer;
    private final List<Envelope<?>> events = new ArrayList<>();
    private final List<String> values = new ArrayList<>();
    private final Map<String, String> traceParents = new HashMap<>();

    TopicReader(String bootstrapServers, String topic) {
        consumer = new KafkaConsumer<>(
                Map.of("bootstrap.servers", bootstrapServers), new StringDeserializer(), new ByteArrayDeserializer());
        List<TopicPartition> partitions = consumer.partitionsFor(topic).stream()
                .map(partition -> new TopicPartition(topic, partition.partition()))
                .toList();
        consumer.assign(partitions);
        consumer.seekToBeginning(partitions);
    }

    /** All events so far, in the order of each article's. */
    List<Envelope<?>> events() {
        for (var records = consumer.poll(Duration.ofMillis(200));
                !records.isEmpty();
                records = consumer.poll(Duration.ofMillis(200))) {
            records.forEach(record -> {
                Envelope<?> event = EventCodec.decode(record);
                events.add(event);
                values.add(new String(record.value(), UTF_8));
                Header traceParent = record.headers().lastHeader("traceparent");
                if (traceParent != null) {
                    traceParents.put(event.id(), new String(traceParent.value(), UTF_8));
                }
            });
        }
        return List.copyOf(events);
    }

    /** The JSON of what was read. */
    List<String> values() {
        return List.copyOf(values);
    }

    List<String> idsOf(String articleId) {
        return of(articleId, NewsEvent.class).stream().map(Envelope::id).toList();
    }

    <E extends NewsEvent> List<Envelope<?>> of(String articleId, Class<E> type) {
        return events().stream()
                .filter(envelope -> type.isInstance(envelope.event())
                        && envelope.event().recordKey().equals(articleId))
                .toList();
    }

    /** What the record of an event that was read says of the request that caused it; empty where it says nothing. */
    String traceParent(Envelope<?> event) {
        return traceParents.getOrDefault(event.id(), "");
    }

    @Override
    public void close() {
        consumer.close();
    }
}
