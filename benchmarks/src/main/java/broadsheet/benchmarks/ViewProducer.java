package broadsheet.benchmarks;

import broadsheet.events.ArticleViewed;
import broadsheet.events.ArticleViewed.Agent;
import broadsheet.events.ArticleViewed.Channel;
import broadsheet.events.ArticleViewed.Device;
import broadsheet.events.ArticleViewed.Evidence;
import broadsheet.events.EncodedEvent;
import broadsheet.events.Envelope;
import broadsheet.events.EventCodec;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Map;
import org.apache.kafka.clients.producer.Callback;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;

/** Sends views as article-service does, each of another person who uses a browser. */
final class ViewProducer implements AutoCloseable {

    private static final String BROWSER =
            "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/138.0.0.0 Safari/537.36";
    private static final int KEY_LENGTH = 22;

    private final KafkaProducer<String, byte[]> producer;
    private long views;

    ViewProducer(String bootstrapServers) {
        producer = new KafkaProducer<>(
                Map.of("bootstrap.servers", bootstrapServers, "acks", "all", "compression.type", "lz4"),
                new StringSerializer(),
                new ByteArraySerializer());
    }

    void send(String articleId) {
        send(articleId, (metadata, failure) -> {});
    }

    @SuppressWarnings("FutureReturnValueIgnored") // the callback has it too
    void send(String articleId, Callback acknowledged) {
        Instant now = Instant.now().truncatedTo(ChronoUnit.MILLIS);
        String number = Long.toString(++views);
        String key = "0".repeat(KEY_LENGTH - number.length()) + number;
        EncodedEvent event = EventCodec.encode(Envelope.of("/article-service", now, view(now, articleId, key)));
        producer.send(event.toRecord(), acknowledged);
    }

    /** Sends what is no view. */
    @SuppressWarnings("FutureReturnValueIgnored") // what does not arrive is missed at once
    void announce(Envelope<?> event) {
        producer.send(EventCodec.encode(event).toRecord());
    }

    private static ArticleViewed view(Instant now, String articleId, String key) {
        return new ArticleViewed(
                articleId,
                1,
                now,
                now,
                key,
                Channel.PAGE,
                "search.example",
                Device.DESKTOP,
                Agent.USER,
                "1",
                null,
                new Evidence(BROWSER, key, null, "same-origin/cors/empty"));
    }

    @Override
    public void close() {
        producer.close();
    }
}
