package broadsheet.stats;

import static broadsheet.stats.Readers.event;
import static broadsheet.stats.Readers.sent;
import static broadsheet.stats.Readers.view;
import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import broadsheet.events.ArticleHits;
import broadsheet.events.ArticlePublished;
import broadsheet.events.ArticleSnapshot;
import broadsheet.events.ArticleViewed;
import broadsheet.events.ArticleViewed.Agent;
import broadsheet.events.Envelope;
import broadsheet.events.EventCodec;
import broadsheet.web.SessionTokens;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.kafka.autoconfigure.KafkaProperties;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.kafka.config.KafkaListenerEndpointRegistry;
import org.springframework.kafka.core.KafkaTemplate;
import org.springframework.kafka.listener.MessageListenerContainer;
import org.springframework.test.context.TestPropertySource;
import org.springframework.test.json.JsonCompareMode;
import org.springframework.test.web.reactive.server.WebTestClient;

@IntegrationTest
@TestPropertySource(
        properties = {
            "broadsheet.stats.views-topic=service.views",
            "broadsheet.stats.articles-topic=service.articles",
            "broadsheet.stats.hits-topic=service.hits"
        })
class StatsServiceIntegrationTests {

    @Autowired
    KafkaTemplate<String, byte[]> kafka;

    @Autowired
    KafkaProperties kafkaProperties;

    @Autowired
    KafkaListenerEndpointRegistry listeners;

    @Autowired
    SessionTokens tokens;

    @LocalServerPort
    int port;

    private final String article = "article-" + UUID.randomUUID();
    private final Instant now = Instant.now();
    private WebTestClient anyone;
    private WebTestClient operator;

    @SuppressWarnings("NullAway.Init")
    StatsServiceIntegrationTests() {}

    @BeforeEach
    void connect() {
        anyone =
                WebTestClient.bindToServer().baseUrl("http://localhost:" + port).build();
        String token = tokens.issue("ops", List.of("OPERATOR")).getTokenValue();
        operator = anyone.mutate()
                .defaultHeader("Authorization", "Bearer " + token)
                .responseTimeout(Duration.ofSeconds(20))
                .build();
    }

    @Test
    void whoeverRunsItMayAskForItsHealth() {
        anyone.get()
                .uri("/actuator/health/readiness")
                .exchange()
                .expectStatus()
                .isOk()
                .expectBody()
                .json("{\"status\": \"UP\"}", JsonCompareMode.STRICT);
    }

    @Test
    void everyVisitorIsAHitAndAVisitor() {
        for (int visitor = 0; visitor < 218; visitor++) {
            send(view(article, "visitor-" + visitor, now));
        }
        send(view(article, "visitor-0", now.plusSeconds(20)));
        send(view(article, "crawler", Agent.BOT, now));
        send(view(article, "script", Agent.AUTOMATED, now));

        awaitHits(218);
        await().untilAsserted(() -> operator.get()
                .uri("/api/stats/articles/" + article)
                .exchange()
                .expectStatus()
                .isOk()
                .expectBody()
                .jsonPath("$.articleId")
                .isEqualTo(article)
                .jsonPath("$.hits")
                .isEqualTo(218)
                .jsonPath("$.visitors")
                .isEqualTo(218)
                .jsonPath("$.bots")
                .isEqualTo(2)
                .jsonPath("$.complete")
                .isEqualTo(true)
                .jsonPath("$.lagMillis")
                .isEqualTo(0));
        operator.get()
                .uri("/api/stats/articles/" + article + "/series?interval=day")
                .exchange()
                .expectStatus()
                .isOk()
                .expectBody()
                .jsonPath("$.points[?(@.hits > 0)].visitors")
                .isEqualTo(218);
    }

    @Test
    void whatCannotBeReadBecomesADeadLetterAndTheRestIsCounted() {
        String reason = "service.views.dead-letters";
        send(view(article, "before", now));
        kafka.send(new ProducerRecord<>("service.views", article, "no event".getBytes(UTF_8)))
                .join();
        send(view(article, "after", now));

        awaitHits(2);
        ConsumerRecord<String, byte[]> letter = read(reason, article);
        assertThat(letter.value()).asString().isEqualTo("no event");
        assertThat(letter.headers().lastHeader("dead-letter-reason").value())
                .asString()
                .contains("ce_specversion");
        await().untilAsserted(() -> operator.get()
                .uri("/api/stats/ledger")
                .exchange()
                .expectBody()
                .jsonPath("$.totals.deadLettered")
                .isEqualTo(1));
    }

    @Test
    void totalsAreAnnounced() {
        send(view(article, "one", now));
        send(view(article, "two", now));

        await().atMost(Duration.ofSeconds(20)).untilAsserted(() -> {
            ConsumerRecord<String, byte[]> newest = read("service.hits", article);
            assertThat(EventCodec.decode(newest).event())
                    .isInstanceOfSatisfying(
                            ArticleHits.class, hits -> assertThat(hits.hits()).isEqualTo(2));
        });
    }

    @Test
    void aRestartedListenerRemembersWhoOpenedWhatBefore() {
        send(view(article, "reader", now));
        awaitHits(1);
        MessageListenerContainer views = requireNonNull(listeners.getListenerContainer("stats-views"));
        views.stop();
        var again = event(view(article, "reader", now.plusSeconds(10)));
        kafka.send(sent("service.views", again)).join();
        kafka.send(sent("service.views", again)).join();
        kafka.send(sent("service.views", event(view(article, "other", now.plusSeconds(11)))))
                .join();
        views.start();

        awaitHits(2);
        operator.get()
                .uri("/api/stats/ledger")
                .exchange()
                .expectBody()
                .jsonPath("$.totals.duplicates")
                .isEqualTo(1);
    }

    @Test
    void theMostReadArticleIsNamed() {
        String section = "section-" + UUID.randomUUID();
        String second = "article-" + UUID.randomUUID();
        publish(article, section, "First");
        publish(second, section, "Second");
        List.of("a", "b", "c").forEach(visitor -> send(view(article, visitor, now)));
        send(view(second, "a", now));

        for (String period : List.of("1h", "24h", "7d", "30d", "all")) {
            await().untilAsserted(() -> anyone.get()
                    .uri("/api/stats/top?limit=5&category=" + section + "&period=" + period)
                    .exchange()
                    .expectStatus()
                    .isOk()
                    .expectBody()
                    .jsonPath("$.items.length()")
                    .isEqualTo(2)
                    .jsonPath("$.items[0].title")
                    .isEqualTo("First")
                    .jsonPath("$.items[0].hits")
                    .isEqualTo(3)
                    .jsonPath("$.items[1].articleId")
                    .isEqualTo(second));
        }
    }

    @ParameterizedTest
    @CsvSource({
        "/api/stats/hits, ids",
        "/api/stats/hits?ids=, ids",
        "'/api/stats/hits?ids=a,%20', ids",
        "/api/stats/articles/a/series?from=yesterday, from",
        "/api/stats/articles/a/series?interval=week, interval",
        "/api/stats/articles/a/series?zone=Nowhere/Land, zone",
        "/api/stats/articles/a/series?from=2026-01-02T00:00:00Z&to=2026-01-01T00:00:00Z, from",
        "/api/stats/articles/a/series?from=2025-01-01T00:00:00Z&to=2026-01-01T00:00:00Z&interval=minute, interval",
        "/api/stats/articles/a/series?from=-1000000000-01-01T00:00:00Z, from",
        "/api/stats/top?period=2h, period",
        "/api/stats/top?limit=0, limit",
        "/api/stats/top?limit=many, limit",
        "/api/stats/top?category=, category",
        "/api/stats/ledger?to=soon, to",
        "/api/stats/ledger?from=2020-01-01T00:00:00Z, from"
    })
    void badInputNamesItsField(String uri, String field) {
        operator.get()
                .uri(URI.create("http://localhost:" + port + uri))
                .exchange()
                .expectStatus()
                .isBadRequest()
                .expectBody()
                .jsonPath("$.errors[0].field")
                .isEqualTo(field);
    }

    @ParameterizedTest
    @ValueSource(strings = {"/api/stats/articles/a", "/api/stats/articles/a/series", "/api/stats/ledger"})
    void numbersAreForOperators(String uri) {
        anyone.get().uri(uri).exchange().expectStatus().isUnauthorized();
        String author = tokens.issue("author", List.of("AUTHOR")).getTokenValue();
        anyone.get()
                .uri(uri)
                .header("Authorization", "Bearer " + author)
                .exchange()
                .expectStatus()
                .isForbidden();
    }

    @Test
    void anUnknownArticleIsNotFound() {
        operator.get()
                .uri("/api/stats/articles/nobody")
                .exchange()
                .expectStatus()
                .isNotFound();
    }

    private void send(ArticleViewed view) {
        kafka.send(sent("service.views", event(view))).join();
    }

    private void publish(String id, String section, String title) {
        var snapshot = new ArticleSnapshot(
                id,
                1,
                ArticleSnapshot.Status.PUBLISHED,
                id,
                "/news/" + section + "/" + id,
                title,
                null,
                null,
                new ArticleSnapshot.Section(section, section),
                List.of(),
                List.of(),
                "en",
                null,
                now,
                now);
        var encoded = EventCodec.encode(Envelope.of("/test", now, new ArticlePublished(snapshot)));
        kafka.send(new ProducerRecord<>("service.articles", null, encoded.key(), encoded.value(), encoded.headers()))
                .join();
    }

    private void awaitHits(int hits) {
        await().atMost(Duration.ofSeconds(30))
                .untilAsserted(() -> anyone.get()
                        .uri("/api/stats/hits?ids=" + article)
                        .exchange()
                        .expectStatus()
                        .isOk()
                        .expectBody()
                        .jsonPath("$.items[0].hits")
                        .isEqualTo(hits));
    }

    /** The newest record of the key. */
    private ConsumerRecord<String, byte[]> read(String topic, String key) {
        Map<String, Object> settings = kafkaProperties.buildConsumerProperties();
        settings.put(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "earliest");
        settings.put(ConsumerConfig.GROUP_ID_CONFIG, UUID.randomUUID().toString());
        try (var consumer = new KafkaConsumer<>(settings, new StringDeserializer(), new ByteArrayDeserializer())) {
            consumer.subscribe(List.of(topic));
            List<ConsumerRecord<String, byte[]>> found = new ArrayList<>();
            await().atMost(Duration.ofSeconds(20)).until(() -> {
                consumer.poll(Duration.ofMillis(200)).forEach(record -> {
                    if (key.equals(record.key())) {
                        found.add(record);
                    }
                });
                return !found.isEmpty();
            });
            return found.get(found.size() - 1);
        }
    }
}
