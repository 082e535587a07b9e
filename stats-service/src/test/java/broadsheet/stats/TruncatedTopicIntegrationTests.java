package broadsheet.stats;

import static broadsheet.stats.PatientAwait.await;
import static broadsheet.stats.ViewEvents.event;
import static broadsheet.stats.ViewEvents.sent;
import static broadsheet.stats.ViewEvents.view;
import static java.util.Objects.requireNonNull;

import broadsheet.stats.position.PartitionPosition;
import broadsheet.stats.position.PartitionPositions;
import java.time.Instant;
import org.bson.Document;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.kafka.config.KafkaListenerEndpointRegistry;
import org.springframework.kafka.core.KafkaTemplate;
import org.springframework.kafka.listener.MessageListenerContainer;
import org.springframework.test.context.TestPropertySource;

/** A loss of power can take Kafka's last second; what was counted of it lies ahead of the log then. */
@IntegrationTest
@TestPropertySource(
        properties = {
            "broadsheet.stats.views-topic=lost.views",
            "broadsheet.stats.articles-topic=lost.articles",
            "broadsheet.stats.hits-topic=lost.hits"
        })
class TruncatedTopicIntegrationTests {

    private static final long AHEAD = 1_000;

    @Autowired
    KafkaTemplate<String, byte[]> kafka;

    @Autowired
    KafkaListenerEndpointRegistry listeners;

    @Autowired
    PartitionPositions positions;

    @Value("${spring.mongodb.uri}")
    String uri;

    private final ExpectedCounts expected = new ExpectedCounts();
    private final Instant now = Instant.now();
    private int visitor;

    @SuppressWarnings("NullAway.Init")
    TruncatedTopicIntegrationTests() {}

    @Test
    void whatComesAfterItIsCounted() {
        try (var store = new StoredDocuments(uri)) {
            send(50);
            awaitCounted(store);
            MessageListenerContainer views = requireNonNull(listeners.getListenerContainer("stats-views"));
            views.stop();
            store.all(PartitionPositions.COLLECTION, new Document()).forEach(this::moveAhead);
            views.start();
            awaitSetBack(store);

            send(50);
            awaitCounted(store);
        }
    }

    /** Views that came while the ends are still to be taken would be within them. */
    private static void awaitSetBack(StoredDocuments store) {
        await().until(() -> store.all(PartitionPositions.COLLECTION, new Document()).stream()
                .allMatch(position -> position.getLong("next") < AHEAD));
    }

    private void moveAhead(Document position) {
        positions
                .store(new PartitionPosition(position.getString("_id"), position.getLong("next") + AHEAD, now))
                .block();
    }

    private void send(int views) {
        for (int i = 0; i < views; i++) {
            var view = view("article-" + visitor % 20, "visitor-" + visitor++, now);
            kafka.send(sent("lost.views", event(view))).join();
            expected.counted(view);
        }
    }

    private void awaitCounted(StoredDocuments store) {
        await().untilAsserted(() -> expected.assertIn(store));
    }
}
