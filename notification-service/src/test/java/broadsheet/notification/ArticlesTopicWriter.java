package broadsheet.notification;

import static java.util.concurrent.TimeUnit.SECONDS;

import broadsheet.events.ArticleChanged;
import broadsheet.events.EncodedEvent;
import broadsheet.events.Envelope;
import broadsheet.events.EventCodec;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Future;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;

/** Writes into a topic what article-service would. */
public final class ArticlesTopicWriter implements AutoCloseable {

    private final String topic;
    private final KafkaProducer<String, byte[]> producer;

    public ArticlesTopicWriter(String bootstrapServers, String topic) {
        this.topic = topic;
        this.producer = new KafkaProducer<>(
                Map.of("bootstrap.servers", bootstrapServers, "linger.ms", "0"),
                new StringSerializer(),
                new ByteArraySerializer());
    }

    /** Ends when Kafka has it; answers the event's id. */
    public String write(ArticleChanged event) {
        return write(List.of(event)).get(0);
    }

    /** The same for many at once. */
    public List<String> write(List<? extends ArticleChanged> events) {
        var envelopes = events.stream()
                .map(event -> Envelope.of("/article-service", Instant.now(), event))
                .toList();
        envelopes.stream()
                .map(EventCodec::encode)
                .map(EncodedEvent::toRecord)
                .map(this::send)
                .toList()
                .forEach(ArticlesTopicWriter::await);
        return envelopes.stream().map(Envelope::id).toList();
    }

    public void write(ProducerRecord<String, byte[]> record) {
        await(send(record));
    }

    private Future<RecordMetadata> send(ProducerRecord<String, byte[]> record) {
        return producer.send(new ProducerRecord<>(topic, null, record.key(), record.value(), record.headers()));
    }

    private static void await(Future<RecordMetadata> sent) {
        try {
            sent.get(30, SECONDS);
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    public void close() {
        producer.close();
    }
}
