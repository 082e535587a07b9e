package broadsheet.notification;

import static java.util.concurrent.TimeUnit.SECONDS;

import broadsheet.events.ArticleChanged;
import broadsheet.events.Envelope;
import broadsheet.events.EventCodec;
import java.time.Instant;
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
        var envelope = Envelope.of("/article-service", Instant.now(), event);
        await(send(record(envelope)));
        return envelope.id();
    }

    public void write(ProducerRecord<String, byte[]> record) {
        await(send(new ProducerRecord<>(topic, null, record.key(), record.value(), record.headers())));
    }

    private ProducerRecord<String, byte[]> record(Envelope<?> envelope) {
        var record = EventCodec.encode(envelope);
        return new ProducerRecord<>(topic, null, record.key(), record.value(), record.headers());
    }

    private Future<RecordMetadata> send(ProducerRecord<String, byte[]> record) {
        return producer.send(record);
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
