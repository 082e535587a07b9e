package broadsheet.stats;

import static broadsheet.stats.ViewEvents.event;
import static broadsheet.stats.ViewEvents.sent;
import static broadsheet.stats.ViewEvents.view;
import static broadsheet.testservers.PatientAwait.await;
import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import broadsheet.events.ArticleViewed;
import broadsheet.testservers.StaffTokens;
import broadsheet.testservers.TcpProxy;
import broadsheet.testservers.TestServersInitializer;
import broadsheet.web.access.StaffSessions;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.boot.test.util.TestPropertyValues;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.context.ApplicationContextInitializer;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.support.GenericApplicationContext;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.kafka.core.KafkaTemplate;
import org.springframework.test.annotation.DirtiesContext;
import org.springframework.test.context.ContextConfiguration;
import org.springframework.web.reactive.function.client.WebClient;
import org.springframework.web.reactive.function.client.WebClient.RequestHeadersSpec;
import reactor.core.publisher.Flux;

/** MongoDB goes away and comes back, with a bang and in silence. */
@SpringBootTest(
        webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT,
        properties = {
            "spring.config.name=broadsheet,stats-service",
            "broadsheet.stats.send-hits-every=100ms",
            "spring.kafka.consumer.properties.heartbeat.interval.ms=200",
            "broadsheet.stats.time-limit=2s",
            "broadsheet.stats.batch-size=20",
            "spring.kafka.producer.properties.max.block.ms=120000",
            "spring.kafka.producer.properties.delivery.timeout.ms=120000",
            "broadsheet.stats.views-topic=away.views",
            "broadsheet.stats.articles-topic=away.articles",
            "broadsheet.stats.hits-topic=away.hits"
        })
@ContextConfiguration(initializers = StoreAwayIntegrationTests.ThroughAProxy.class)
@DirtiesContext
@ExtendWith(OutputCaptureExtension.class)
class StoreAwayIntegrationTests {

    private static final List<String> READS = List.of(
            "/api/stats/hits?ids=a",
            "/api/stats/articles/a",
            "/api/stats/articles/a/series",
            "/api/stats/top",
            "/api/stats/top?period=all",
            "/api/stats/ledger",
            "/api/stats/reconciliations",
            "/api/stats/reconciliations/one",
            "/api/stats/restatements",
            "/api/stats/restatements/2");

    @Autowired
    TcpProxy mongoProxy;

    @Value("${test.mongodb.uri}")
    String direct;

    @Autowired
    KafkaTemplate<String, byte[]> kafka;

    @Autowired
    StaffSessions sessions;

    @LocalServerPort
    int port;

    private final ExpectedCounts expected = new ExpectedCounts();
    private final Instant now = Instant.now();
    private StoredDocuments store;
    private WebClient operator;
    private int visitor;

    @SuppressWarnings("NullAway.Init")
    StoreAwayIntegrationTests() {}

    @BeforeEach
    void connect() {
        await().until(sessions::areKnown);
        store = new StoredDocuments(direct);
        operator = WebClient.builder()
                .baseUrl("http://localhost:" + port)
                .defaultHeader("Authorization", "Bearer " + StaffTokens.of("ops", "OPERATOR"))
                .build();
    }

    @AfterEach
    void disconnect() {
        mongoProxy.mend();
        store.close();
    }

    @Test
    void nothingIsSkippedAndEveryoneIsToldInTime(CapturedOutput output) {
        send(60);
        awaitCounted();

        mongoProxy.cut();
        send(60);
        await().until(() -> output.getOut().contains("A batch cannot be taken and is tried until it can"));
        everyReadSaysThatTheStoreDoesNotAnswer();
        send(60);
        mongoProxy.mend();
        awaitCounted();
        await().pollInterval(Duration.ofSeconds(1)).until(() -> {
            send(1);
            return output.getOut().contains("Batches are taken again");
        });

        mongoProxy.silence();
        send(60);
        everyReadSaysThatTheStoreDoesNotAnswer();
        send(60);
        mongoProxy.mend();
        awaitCounted();

        for (int flap = 0; flap < 10; flap++) {
            send(30);
            mongoProxy.cut();
            mongoProxy.mend();
        }
        awaitCounted();

        assertThat(output.getOut()).doesNotContain("Kafka has lost records");
        assertThat(output.getOut().lines().filter(line -> line.startsWith("\tat ")))
                .as("stack traces")
                .isEmpty();
    }

    private void everyReadSaysThatTheStoreDoesNotAnswer() {
        List<ResponseEntity<String>> answers = Flux.<RequestHeadersSpec<?>>fromStream(
                        READS.stream().map(uri -> operator.get().uri(uri)))
                .concatWithValues(operator.post().uri("/api/stats/restatements"))
                .flatMap(request -> request.exchangeToMono(answer -> answer.toEntity(String.class))
                        .timeout(Duration.ofMinutes(1)))
                .collectList()
                .blockOptional()
                .orElseThrow();
        assertThat(answers).hasSize(READS.size() + 1).allSatisfy(answer -> {
            assertThat(answer.getStatusCode()).isEqualTo(HttpStatus.SERVICE_UNAVAILABLE);
            assertThat(answer.getHeaders().getContentType()).isEqualTo(MediaType.APPLICATION_PROBLEM_JSON);
            assertThat(answer.getBody()).contains("The store does not answer");
        });
    }

    private void send(int views) {
        for (int i = 0; i < views; i++) {
            ArticleViewed view = view("article-" + visitor % 7, "visitor-" + visitor++, now);
            kafka.send(sent("away.views", event(view))).join();
            expected.counted(view);
        }
    }

    private void awaitCounted() {
        await().untilAsserted(() -> expected.assertIn(store));
    }

    static final class ThroughAProxy implements ApplicationContextInitializer<ConfigurableApplicationContext> {

        @Override
        public void initialize(ConfigurableApplicationContext context) {
            new TestServersInitializer().initialize(context);
            String uri = requireNonNull(context.getEnvironment().getProperty("spring.mongodb.uri"));
            TcpProxy mongoProxy = TcpProxy.to(uri);
            ((GenericApplicationContext) context)
                    .registerBean(TcpProxy.class, () -> mongoProxy); // ends after all others
            TestPropertyValues.of("test.mongodb.uri=" + uri, "spring.mongodb.uri=" + mongoProxy.uri())
                    .applyTo(context);
        }
    }
}
