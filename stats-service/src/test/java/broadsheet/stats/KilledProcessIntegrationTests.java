package broadsheet.stats;

import static broadsheet.stats.ViewEvents.event;
import static broadsheet.stats.ViewEvents.sent;
import static broadsheet.stats.ViewEvents.view;
import static broadsheet.testservers.PatientAwait.await;
import static com.mongodb.client.model.Filters.empty;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import broadsheet.events.ArticleViewed;
import broadsheet.events.ArticleViewed.Agent;
import broadsheet.events.Envelope;
import broadsheet.stats.classification.Classification;
import broadsheet.stats.generation.Generation;
import broadsheet.stats.history.ArticleDays;
import broadsheet.stats.ledger.LedgerHours;
import broadsheet.stats.position.PartitionPositions;
import broadsheet.stats.total.ArticleTotals;
import broadsheet.testservers.TestServers;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Future;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.bson.Document;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import reactor.core.Disposable;
import reactor.core.publisher.Flux;

/** A real process, killed while it counts, and while it counts all again, again and again; readers do not wait for it, nor do the other tests. */
@Execution(ExecutionMode.CONCURRENT)
class KilledProcessIntegrationTests {

    private static final Logger log = LoggerFactory.getLogger(KilledProcessIntegrationTests.class);
    private static final String TOPIC = "killed.views";
    private static final int KILLS = 4;
    private static final int MAX_KILLS = 8;
    private static final int RESTATEMENT = 2;
    private static final List<String> PROJECTIONS =
            List.of(ArticleTotals.COLLECTION, ArticleDays.COLLECTION, LedgerHours.COLLECTION);

    @TempDir
    Path folder;

    private final Map<String, Object> kafka = Map.of(
            ProducerConfig.BOOTSTRAP_SERVERS_CONFIG,
            TestServers.bootstrapServers(),
            // a partition that has no leader yet may take the second batch and then never the first
            ProducerConfig.MAX_IN_FLIGHT_REQUESTS_PER_CONNECTION,
            1);
    private final String uri = TestServers.mongoUri("killed-" + UUID.randomUUID());
    private final StoredDocuments store = new StoredDocuments(uri);
    private final ExpectedCounts expected = new ExpectedCounts();
    private final Queue<Future<RecordMetadata>> sends = new ConcurrentLinkedQueue<>();
    private final Random readers = new Random(1);
    private KafkaProducer<String, byte[]> producer;
    private int visitor;

    @SuppressWarnings("NullAway.Init")
    KilledProcessIntegrationTests() {}

    @BeforeEach
    void connect() throws Exception {
        try (Admin admin = Admin.create(kafka)) {
            admin.createTopics(List.of(new NewTopic(TOPIC, 12, (short) 1)))
                    .all()
                    .get();
        }
        producer = new KafkaProducer<>(kafka, new StringSerializer(), new ByteArraySerializer());
    }

    @AfterEach
    void disconnect() {
        producer.close();
        store.drop();
        store.close();
    }

    @Test
    void everythingIsCountedOnceHoweverOftenTheProcessIsKilled() throws Exception {
        var moments = new Random(42);
        Disposable reading =
                Flux.interval(Duration.ofMillis(20)).onBackpressureDrop().subscribe(tick -> open(10));
        int torn = 0;
        for (int kills = 0; kills < KILLS || (torn == 0 && kills < MAX_KILLS); kills++) {
            if (kills == KILLS / 2) {
                beginRestatement();
            }
            try (StatsProcess process = start()) {
                long moment = received() + 1 + moments.nextInt(3_000);
                await().pollInterval(Duration.ofMillis(3)).until(() -> received() >= moment);
                process.kill();
            }
            torn += received() > positions() ? 1 : 0;
            log.info("Killed at {} received, positions at {}", received(), positions());
        }
        assertThat(torn).as("kills between a count and its position").isPositive();

        try (StatsProcess process = start()) {
            reading.dispose();
            for (Future<RecordMetadata> send : sends) {
                send.get();
            }
            await().untilAsserted(() -> {
                assertThat(process.process().isAlive()).isTrue();
                assertThat(sum(PartitionPositions.COLLECTION, RESTATEMENT, "next"))
                        .isEqualTo(sends.size());
                assertThat(store.find("stats_generations", "served"))
                        .extracting("numbers")
                        .isEqualTo(numbers());
            });
        }

        assertThat(expected.received()).isEqualTo(sends.size());
        expected.assertIn(store, RESTATEMENT);
    }

    /** As a release begins one that counts otherwise: nobody is asked before it is served. */
    private void beginRestatement() {
        store.insert(
                "stats_generations",
                new Document("_id", RESTATEMENT)
                        .append("ruleset", "test")
                        .append("projections", PROJECTIONS)
                        .append("beganAt", Date.from(Instant.now())));
    }

    private static Document numbers() {
        var numbers = new Document();
        PROJECTIONS.forEach(projection -> numbers.append(projection, RESTATEMENT));
        return numbers;
    }

    private StatsProcess start() throws Exception {
        return StatsProcess.start(
                folder,
                uri,
                "--broadsheet.stats.views-topic=" + TOPIC,
                "--broadsheet.stats.articles-topic=killed.articles",
                "--broadsheet.stats.hits-topic=killed.hits",
                "--broadsheet.stats.batch-size=100",
                "--spring.kafka.consumer.properties.session.timeout.ms=2000",
                "--spring.kafka.consumer.properties.heartbeat.interval.ms=200");
    }

    private long received() {
        return mostOf(LedgerHours.COLLECTION, "received");
    }

    private long positions() {
        return mostOf(PartitionPositions.COLLECTION, "next");
    }

    /** Of the generation that is served first and of the one that replaces it. */
    private long mostOf(String collection, String field) {
        return Math.max(sum(collection, Generation.FIRST, field), sum(collection, RESTATEMENT, field));
    }

    private long sum(String collection, int generation, String field) {
        return store.all(Generation.numbered(collection, generation), empty()).stream()
                .mapToLong(document -> document.getLong(field))
                .sum();
    }

    /** Mostly each by another visitor; some twice, some by robots, some sent twice, some nothing that can be read. */
    private void open(int articles) {
        for (int i = 0; i < articles; i++) {
            String article = "article-" + readers.nextInt(200);
            String person = "visitor-" + visitor++;
            switch (readers.nextInt(20)) {
                case 0 -> {
                    ArticleViewed view = view(article, person, Agent.BOT, Instant.now());
                    send(event(view));
                    expected.bot(view);
                }
                case 1 -> {
                    send(count(article, person));
                    ArticleViewed again = view(article, person, Instant.now());
                    send(event(again));
                    expected.doubleClick(again);
                }
                case 2 -> {
                    Envelope<ArticleViewed> event = count(article, person);
                    send(event);
                    send(event);
                    expected.add(Classification.DUPLICATE, event.event());
                }
                case 3 -> {
                    Instant now = Instant.now();
                    sends.add(producer.send(new ProducerRecord<>(
                            TOPIC, null, now.toEpochMilli(), article, "no event".getBytes(UTF_8))));
                    expected.inLedger("deadLettered", now);
                }
                default -> send(count(article, person));
            }
        }
    }

    private Envelope<ArticleViewed> count(String article, String person) {
        ArticleViewed view = view(article, person, Instant.now());
        expected.counted(view);
        return event(view);
    }

    private void send(Envelope<ArticleViewed> event) {
        sends.add(producer.send(sent(TOPIC, event)));
    }
}
