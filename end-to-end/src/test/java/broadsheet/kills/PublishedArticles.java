package broadsheet.kills;

import broadsheet.events.ArticlePublished;
import broadsheet.events.ArticleSnapshot;
import broadsheet.events.Envelope;
import broadsheet.events.Event;
import broadsheet.events.EventCodec;
import broadsheet.testservers.StaffTokens;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;

/** Says that articles are published, as article-service does. */
final class PublishedArticles implements AutoCloseable {

    static final String CATEGORY = "company-news";

    private final KafkaProducer<String, byte[]> producer;
    private final Map<String, String> articles = new LinkedHashMap<>();

    PublishedArticles(String bootstrapServers) {
        producer = new KafkaProducer<>(
                Map.of("bootstrap.servers", bootstrapServers), new StringSerializer(), new ByteArraySerializer());
    }

    /** Lets the tokens of {@link StaffTokens} be good. */
    void publishKey() throws Exception {
        send(StaffTokens.key());
    }

    void publish() throws Exception {
        String id = UUID.randomUUID().toString();
        Instant now = Instant.now();
        String event = send(new ArticlePublished(new ArticleSnapshot(
                id,
                3,
                ArticleSnapshot.Status.PUBLISHED,
                id,
                "/news/" + CATEGORY + "/" + id,
                "Title of " + id,
                null,
                null,
                new ArticleSnapshot.Section(CATEGORY, "Company news"),
                List.of(),
                List.of("Ada Lovelace"),
                List.of(),
                "en",
                null,
                now,
                now)));
        articles.put(event, id);
    }

    /** The articles by the ids of their events. */
    Map<String, String> articles() {
        return articles;
    }

    @Override
    public void close() {
        producer.close();
    }

    private String send(Event event) throws Exception {
        var envelope = Envelope.of("/article-service", Instant.now(), event);
        producer.send(EventCodec.encode(envelope).toRecord()).get(30, TimeUnit.SECONDS);
        return envelope.id();
    }
}
