package broadsheet.stats.live;

import static broadsheet.stats.ViewEvents.event;
import static broadsheet.stats.ViewEvents.sent;
import static broadsheet.stats.ViewEvents.view;
import static broadsheet.testservers.PatientAwait.await;
import static org.assertj.core.api.Assertions.assertThat;

import broadsheet.events.ArticleViewed.Agent;
import broadsheet.stats.ArticleEvents;
import broadsheet.stats.IntegrationTest;
import broadsheet.stats.StatsClient;
import broadsheet.testservers.StaffTokens;
import broadsheet.web.access.StaffSessions;
import java.time.Instant;
import java.util.UUID;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.http.MediaType;
import org.springframework.kafka.core.KafkaTemplate;
import org.springframework.test.context.TestPropertySource;
import tools.jackson.databind.JsonNode;

@IntegrationTest
@TestPropertySource(
        properties = {
            "broadsheet.stats.views-topic=live.views",
            "broadsheet.stats.articles-topic=live.articles",
            "broadsheet.stats.hits-topic=live.hits",
            "broadsheet.stats.live.topic=live.live",
            "broadsheet.stats.live.streams=2"
        })
class LiveIntegrationTests {

    @Autowired
    KafkaTemplate<String, byte[]> kafka;

    @Autowired
    StaffSessions sessions;

    @Autowired
    LiveStreams streams;

    @LocalServerPort
    int port;

    private final String article = "article-" + UUID.randomUUID();

    @SuppressWarnings("NullAway.Init")
    LiveIntegrationTests() {}

    @BeforeEach
    void connect() {
        await().until(sessions::areKnown);
    }

    @Test
    void whatIsCountedIsToldWithItsArticlesAndTheirTotals() {
        kafka.send(new ArticleEvents("live.articles", article, "campus", "Open day").published())
                .join();
        try (var stream = new LiveStream(port, StaffTokens.of("ops", "OPERATOR"))) {
            await().until(stream::isOpen);
            for (int visitor = 0; visitor < 5; visitor++) {
                send("visitor-" + visitor, Agent.USER);
            }
            send("crawler", Agent.BOT);

            stream.awaits(each -> totalOf(each) == 5);
            JsonNode complete = stream.awaits(each -> each.path("complete").asBoolean()
                    && each.path("activeArticles").asLong() > 0);
            assertThat(complete.path("lagMillis").asLong()).isZero();
            assertThat(complete.path("asOf").asString()).isNotEmpty();
            await().untilAsserted(() -> {
                assertThat(stream.sum("counted")).isEqualTo(5);
                assertThat(stream.sum("bots")).isEqualTo(1);
            });

            send("later", Agent.USER);
            JsonNode later = stream.awaits(each -> totalOf(each) == 6);
            assertThat(of(later).path("title").asString()).isEqualTo("Open day");
            assertThat(of(later).path("hits").asLong()).isEqualTo(1);
            stream.awaits(each -> each.path("articles").isEmpty()); // told each second, also where nothing is read
        }
    }

    @Test
    void aStreamEndsWithItsSession() {
        String leaving = "leaving-" + UUID.randomUUID();
        try (var stream = new LiveStream(port, StaffTokens.of(leaving, "OPERATOR"));
                var other = new LiveStream(port, StaffTokens.of("ops", "OPERATOR"))) {
            stream.awaits(each -> true);
            other.awaits(each -> true);

            StaffTokens.endSessions(leaving);

            await().until(stream::hasEnded);
            assertThat(other.isOpen()).isTrue();
        }
    }

    @Test
    void moreStreamsThanThereMayBeAreRefused() {
        String token = StaffTokens.of("ops", "OPERATOR");
        try (var one = new LiveStream(port, token);
                var two = new LiveStream(port, token)) {
            await().until(() -> one.isOpen() && two.isOpen());
            StatsClient.ofAnOperator(port)
                    .get()
                    .uri("/api/stats/live")
                    .accept(MediaType.TEXT_EVENT_STREAM)
                    .exchange()
                    .expectStatus()
                    .isEqualTo(503)
                    .expectHeader()
                    .contentType(MediaType.APPLICATION_PROBLEM_JSON)
                    .expectBody()
                    .jsonPath("$.detail")
                    .value(String.class, detail -> assertThat(detail).contains("Too many"));
        }
        await().until(() -> isOpened(token));
    }

    @Test
    void streamsEndWhereTheInstanceStops() {
        try (var stream = new LiveStream(port, StaffTokens.of("ops", "OPERATOR"))) {
            stream.awaits(each -> true);
            streams.stop();
            await().until(stream::hasEnded);
        } finally {
            streams.start();
        }
    }

    @Test
    void onlyOperatorsSeeIt() {
        StatsClient.ofAnyone(port)
                .get()
                .uri("/api/stats/live")
                .exchange()
                .expectStatus()
                .isUnauthorized();
        StatsClient.ofAnOperator(port)
                .head()
                .uri("/api/stats/live")
                .exchange()
                .expectStatus()
                .isOk()
                .expectHeader()
                .contentTypeCompatibleWith(MediaType.TEXT_EVENT_STREAM);
        StatsClient.ofAnOperator(port)
                .get()
                .uri("/api/stats/live?every=5")
                .exchange()
                .expectStatus()
                .isBadRequest();
    }

    private boolean isOpened(String token) {
        try (var stream = new LiveStream(port, token)) {
            await().until(() -> stream.isOpen() || stream.hasEnded());
            return stream.isOpen();
        }
    }

    private long totalOf(JsonNode numbers) {
        return of(numbers).path("total").asLong();
    }

    private JsonNode of(JsonNode numbers) {
        return StreamSupport.stream(numbers.path("articles").spliterator(), false)
                .filter(each -> each.path("articleId").asString().equals(article))
                .findFirst()
                .orElse(numbers.path("none"));
    }

    private void send(String visitor, Agent agent) {
        kafka.send(sent("live.views", event(view(article, visitor, agent, Instant.now()))))
                .join();
    }
}
