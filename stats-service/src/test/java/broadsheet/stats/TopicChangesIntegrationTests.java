package broadsheet.stats;

import static broadsheet.stats.ViewEvents.event;
import static broadsheet.stats.ViewEvents.sent;
import static broadsheet.stats.ViewEvents.view;
import static broadsheet.testservers.PatientAwait.await;
import static org.assertj.core.api.Assertions.assertThat;

import broadsheet.events.ArticleViewed;
import broadsheet.stats.total.ArticleTotals;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewPartitions;
import org.apache.kafka.clients.admin.NewTopic;
import org.bson.Document;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.kafka.core.DefaultKafkaProducerFactory;
import org.springframework.kafka.core.KafkaAdmin;
import org.springframework.kafka.core.KafkaTemplate;
import org.springframework.kafka.core.ProducerFactory;
import org.springframework.test.annotation.DirtiesContext;
import org.springframework.test.context.TestPropertySource;

/** An operator changes the topic of the views under a running service. */
@IntegrationTest
@TestPropertySource(
        properties = {
            "spring.kafka.consumer.properties.metadata.max.age.ms=1000",
            "broadsheet.stats.views-topic=changed.views",
            "broadsheet.stats.articles-topic=changed.articles",
            "broadsheet.stats.hits-topic=changed.hits"
        })
@DirtiesContext
class TopicChangesIntegrationTests {

    private static final String TOPIC = "changed.views";

    @Autowired
    ProducerFactory<String, byte[]> producers;

    @Autowired
    KafkaAdmin kafka;

    @Value("${spring.mongodb.uri}")
    String uri;

    private final ExpectedCounts expected = new ExpectedCounts();
    private final Instant now = Instant.now();
    private StoredDocuments store;
    private Admin admin;
    private int visitor;

    @SuppressWarnings("NullAway.Init")
    TopicChangesIntegrationTests() {}

    @BeforeEach
    void connect() {
        store = new StoredDocuments(uri);
        admin = Admin.create(Map.copyOf(kafka.getConfigurationProperties()));
    }

    @AfterEach
    void disconnect() {
        store.close();
        admin.close();
    }

    @Test
    void aTopicThatIsMadeAnewOrGrowsIsCountedFromItsFirstRecord() throws Exception {
        send(100);
        awaitCounted();

        admin.deleteTopics(List.of(TOPIC)).all().get();
        await().ignoreExceptions().until(() -> !admin.listTopics().names().get().contains(TOPIC));
        admin.createTopics(List.of(new NewTopic(TOPIC, 3, (short) 1))).all().get();
        send(60);
        awaitCounted();
        assertThat(fences("article-0")).hasSize(2);

        admin.createPartitions(Map.of(TOPIC, NewPartitions.increaseTo(12)))
                .all()
                .get();
        send(100);
        awaitCounted();
    }

    private Document fences(String article) {
        return Objects.requireNonNull(store.find(ArticleTotals.COLLECTION, article))
                .get("fence", Document.class);
    }

    private void send(int views) {
        // one that knows nothing of the topic before
        var factory = new DefaultKafkaProducerFactory<String, byte[]>(producers.getConfigurationProperties());
        var sender = new KafkaTemplate<>(factory);
        for (int i = 0; i < views; i++) {
            ArticleViewed view = view("article-" + visitor % 20, "visitor-" + visitor++, now);
            sender.send(sent(TOPIC, event(view))).join();
            expected.counted(view);
        }
        factory.destroy();
    }

    private void awaitCounted() {
        await().untilAsserted(() -> expected.assertIn(store));
    }
}
