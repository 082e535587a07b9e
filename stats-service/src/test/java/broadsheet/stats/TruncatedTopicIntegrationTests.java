package broadsheet.stats;

import static broadsheet.stats.ViewEvents.event;
import static broadsheet.stats.ViewEvents.sent;
import static broadsheet.stats.ViewEvents.view;
import static broadsheet.testservers.PatientAwait.await;
import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import broadsheet.stats.counting.ViewListeners;
import broadsheet.stats.generation.Generation;
import broadsheet.stats.position.CountingLag;
import broadsheet.stats.position.CountingLag.Report;
import broadsheet.stats.position.PartitionPositions;
import broadsheet.testservers.LosableKafka;
import broadsheet.testservers.TestServers;
import io.micrometer.core.instrument.MeterRegistry;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.HashMap;
import java.util.Map;
import java.util.UUID;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.RecordsToDelete;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.boot.test.util.TestPropertyValues;
import org.springframework.context.ApplicationContextInitializer;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.support.GenericApplicationContext;
import org.springframework.kafka.core.KafkaTemplate;
import org.springframework.kafka.listener.MessageListenerContainer;
import org.springframework.test.annotation.DirtiesContext;
import org.springframework.test.context.ContextConfiguration;

/** Kafka loses records: the end of a log with the power, its beginning by retention. */
@SpringBootTest(
        webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT,
        properties = {
            "spring.config.name=broadsheet,stats-service",
            // the broker is away for seconds, and comes back
            "spring.kafka.producer.properties.max.block.ms=120000",
            "spring.kafka.producer.properties.delivery.timeout.ms=120000",
            "broadsheet.stats.views-topic=lost.views",
            "broadsheet.stats.articles-topic=lost.articles",
            "broadsheet.stats.hits-topic=lost.hits"
        })
@ContextConfiguration(initializers = TruncatedTopicIntegrationTests.OnKafkaOfItsOwn.class)
@DirtiesContext
@ExtendWith(OutputCaptureExtension.class)
class TruncatedTopicIntegrationTests {

    private static final String TOPIC = "lost.views";

    /** Of all its tests: they share the store. */
    private static final ExpectedCounts expected = new ExpectedCounts();

    private static int visitor;

    @Autowired
    LosableKafka broker;

    @Autowired
    KafkaTemplate<String, byte[]> kafka;

    @Autowired
    ViewListeners listeners;

    @Autowired
    PartitionPositions positions;

    @Autowired
    CountingLag lag;

    @Autowired
    MeterRegistry meters;

    @Value("${spring.mongodb.uri}")
    String uri;

    private final Instant now = Instant.now();
    private StoredDocuments store;

    @SuppressWarnings("NullAway.Init")
    TruncatedTopicIntegrationTests() {}

    @BeforeEach
    void connect() {
        store = new StoredDocuments(uri);
    }

    @AfterEach
    void disconnect() {
        store.close();
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void whatALogHoldsAfterItLostItsEndIsCounted(boolean running, CapturedOutput output) throws IOException {
        send(60);
        awaitCounted();
        broker.flush(TOPIC);
        send(60);
        awaitCounted();
        if (!running) {
            views().stop();
        }

        broker.loseEnd(TOPIC);
        send(40); // stand where counted ones stood
        views().start();

        awaitCounted();
        assertThat(complete()).isTrue();
        broker.flush(TOPIC);
        views().stop();
        views().start();
        send(60);
        awaitCounted();
        assertThat(output.getOut().lines().filter(line -> line.contains("Kafka has lost records")))
                .extracting(line -> line.replaceAll(".*(lost.views-\\d+).*", "$1"))
                .as("partitions, each named once")
                .isNotEmpty()
                .doesNotHaveDuplicates();
    }

    @Test
    void whatKafkaDeletesBeforeItIsCountedIsInTheLedger(CapturedOutput output) throws Exception {
        send(60);
        awaitCounted();
        views().stop();

        for (int view = 0; view < 60; view++) {
            kafka.send(sent(TOPIC, event(view("article-" + view % 20, "never-counted", now))))
                    .join();
        }
        deleteAll();
        views().start();
        send(60);

        awaitCounted();
        await().untilAsserted(() -> assertThat(lost()).isEqualTo(60));
        assertThat(complete()).isTrue();
        assertThat(output.getOut()).contains("views were deleted uncounted").doesNotContain("Kafka has lost records");
    }

    /** By the ledger; the metric says the same, as this process counted all of it. */
    private double lost() {
        Instant hour = now.truncatedTo(ChronoUnit.HOURS);
        Map<Instant, Long> hours = requireNonNull(positions
                .lost(hour.minus(1, ChronoUnit.HOURS), hour.plus(1, ChronoUnit.HOURS))
                .block());
        double lost = hours.values().stream().mapToLong(Long::longValue).sum();
        assertThat(meters.get("broadsheet.stats.lost").counter().count()).isEqualTo(lost);
        return lost;
    }

    private void deleteAll() throws Exception {
        try (Admin admin = Admin.create(Map.of("bootstrap.servers", broker.bootstrapServers()))) {
            Map<TopicPartition, RecordsToDelete> all = new HashMap<>();
            for (int partition = 0; partition < 12; partition++) {
                all.put(new TopicPartition(TOPIC, partition), RecordsToDelete.beforeOffset(-1));
            }
            admin.deleteRecords(all).all().get();
        }
    }

    private boolean complete() {
        return await().until(() -> requireNonNull(lag.report().block()), Report::complete)
                .complete();
    }

    private MessageListenerContainer views() {
        return requireNonNull(listeners.container(Generation.FIRST));
    }

    private void send(int views) {
        for (int i = 0; i < views; i++) {
            var view = view("article-" + visitor % 20, "visitor-" + visitor++, now);
            kafka.send(sent(TOPIC, event(view))).join();
            expected.counted(view);
        }
    }

    private void awaitCounted() {
        await().untilAsserted(() -> expected.assertIn(store));
    }

    static final class OnKafkaOfItsOwn implements ApplicationContextInitializer<ConfigurableApplicationContext> {

        @Override
        public void initialize(ConfigurableApplicationContext context) {
            try {
                var broker = new LosableKafka();
                // a bean, and the first: what was made later ends before it, while there is a broker to take leave of
                ((GenericApplicationContext) context).registerBean(LosableKafka.class, () -> broker);
                TestPropertyValues.of(
                                "spring.mongodb.uri=" + TestServers.mongoUri("test-" + UUID.randomUUID()),
                                "spring.kafka.bootstrap-servers=" + broker.bootstrapServers())
                        .applyTo(context);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }
}
