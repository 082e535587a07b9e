package broadsheet.stats;

import static broadsheet.stats.ViewEvents.event;
import static broadsheet.stats.ViewEvents.sent;
import static broadsheet.stats.ViewEvents.view;
import static broadsheet.testservers.PatientAwait.await;
import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import broadsheet.events.ArticleHits;
import broadsheet.events.ArticleViewed;
import broadsheet.events.ArticleViewed.Agent;
import broadsheet.events.Envelope;
import broadsheet.events.EventCodec;
import broadsheet.events.ViewsSpooled;
import broadsheet.stats.counting.ViewListeners;
import broadsheet.stats.generation.Generation;
import broadsheet.testservers.StaffTokens;
import broadsheet.web.access.StaffSessions;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.kafka.core.ConsumerFactory;
import org.springframework.kafka.core.KafkaTemplate;
import org.springframework.kafka.listener.MessageListenerContainer;
import org.springframework.test.context.TestPropertySource;
import org.springframework.test.json.JsonCompareMode;
import org.springframework.test.web.reactive.server.StatusAssertions;
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
    ConsumerFactory<String, byte[]> consumers;

    @Autowired
    ViewListeners listeners;

    @Autowired
    StaffSessions sessions;

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
        await().until(sessions::areKnown);
        anyone = StatsClient.ofAnyone(port);
        operator = StatsClient.ofAnOperator(port);
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
    void operatorsAloneSeeWhatIsWrong() {
        operator.get()
                .uri("/actuator/health")
                .exchange()
                .expectBody()
                .jsonPath("$.components.mongo.status")
                .isEqualTo("UP");
        anyone.get()
                .uri("/actuator/health")
                .exchange()
                .expectBody()
                .json("{\"status\": \"UP\"}")
                .jsonPath("$.components")
                .doesNotExist();
    }

    @Test
    void aSessionThatEndsEndsHereToo() {
        String leaving = "leaving-" + UUID.randomUUID();
        var session = anyone.mutate()
                .defaultHeader("Authorization", "Bearer " + StaffTokens.of(leaving, "OPERATOR"))
                .build();
        session.get().uri("/api/stats/ledger").exchange().expectStatus().isOk();

        StaffTokens.endSessions(leaving);

        await().untilAsserted(() ->
                session.get().uri("/api/stats/ledger").exchange().expectStatus().isUnauthorized());
        operator.get().uri("/api/stats/ledger").exchange().expectStatus().isOk();
    }

    @Test
    void everyAnswerSaysHowCurrentItsNumbersAre() {
        send(view(article, "visitor", now));
        awaitHits(1);
        for (String call : List.of(
                "hits?ids=" + article,
                "top?period=1h",
                "trending",
                "articles/" + article,
                "articles/" + article + "/series",
                "ledger")) {
            await().untilAsserted(() -> operator.get()
                    .uri("/api/stats/" + call)
                    .exchange()
                    .expectStatus()
                    .isOk()
                    .expectBody()
                    .jsonPath("$.asOf")
                    .isNotEmpty()
                    .jsonPath("$.lagMillis")
                    .isEqualTo(0)
                    .jsonPath("$.complete")
                    .isEqualTo(true));
        }
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
        await().untilAsserted(() -> numbers()
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
        await().untilAsserted(() -> operator.get()
                .uri("/api/stats/articles/" + article + "/series?interval=day")
                .exchange()
                .expectStatus()
                .isOk()
                .expectBody()
                .jsonPath("$.points[?(@.hits > 0)].visitors")
                .isEqualTo(218)
                .jsonPath("$.points[?(@.hits > 0)].bots")
                .isEqualTo(1)
                .jsonPath("$.points[?(@.hits > 0)].automated")
                .isEqualTo(1)
                .jsonPath("$.points[?(@.hits > 0)].doubleClicks")
                .isEqualTo(1));
    }

    @Test
    void anArticleThatNobodyKnowsIsNotFound() {
        for (String uri : List.of("/api/stats/articles/nobody-knows", "/api/stats/articles/nobody-knows/series")) {
            operator.get().uri(uri).exchange().expectStatus().isNotFound();
        }
    }

    @Test
    void anArticleThatOnlyRobotsOpenedHasNoHits() {
        send(view(article, "crawler", Agent.BOT, now));

        await().untilAsserted(() -> numbers()
                .jsonPath("$.hits")
                .isEqualTo(0)
                .jsonPath("$.visitors")
                .isEqualTo(0)
                .jsonPath("$.bots")
                .isEqualTo(1));
    }

    @Test
    void totalsAreAnnounced() {
        send(view(article, "one", now));
        send(view(article, "two", now));

        await().untilAsserted(() -> {
            ConsumerRecord<String, byte[]> newest = NewestRecord.find(consumers, "service.hits", article);
            assertThat(EventCodec.decode(newest).event())
                    .isInstanceOfSatisfying(
                            ArticleHits.class, hits -> assertThat(hits.hits()).isEqualTo(2));
        });
    }

    @Test
    void aRestartedListenerRemembersWhoOpenedWhatBefore() {
        send(view(article, "reader", now));
        awaitHits(1);
        MessageListenerContainer views = requireNonNull(listeners.container(Generation.FIRST));
        views.stop();
        var again = event(view(article, "reader", now.plusSeconds(10)));
        kafka.send(sent("service.views", again)).join();
        kafka.send(sent("service.views", again)).join();
        kafka.send(sent("service.views", event(view(article, "other", now.plusSeconds(11)))))
                .join();
        views.start();

        awaitHits(2);
        await().untilAsserted(() -> operator.get()
                .uri("/api/stats/ledger")
                .exchange()
                .expectBody()
                .jsonPath("$.totals.duplicates")
                .isEqualTo(1));
    }

    @Test
    void theNumbersAreNotCompleteWhileViewsWaitOutsideKafka() {
        send(view(article, "reader", now));
        awaitHits(1);
        String spool = UUID.randomUUID().toString();
        tell(new ViewsSpooled(spool, 3));
        await().untilAsserted(() -> numbers().jsonPath("$.complete").isEqualTo(false));
        tell(new ViewsSpooled(spool, 0));
        await().untilAsserted(() -> numbers().jsonPath("$.complete").isEqualTo(true));
    }

    @Test
    void aSpoolThatIsLostWithItsDiskIsGivenUp() {
        send(view(article, "reader", now));
        awaitHits(1);
        String spool = UUID.randomUUID().toString();
        tell(new ViewsSpooled(spool, 3));
        await().untilAsserted(() -> operator.get()
                .uri("/api/stats/spools")
                .exchange()
                .expectBody()
                .jsonPath("$.items[0].spool")
                .isEqualTo(spool)
                .jsonPath("$.items[0].waiting")
                .isEqualTo(3));

        giveUp(anyone, spool).isUnauthorized();
        giveUp(operator, spool).isNoContent();

        await().untilAsserted(() -> numbers().jsonPath("$.complete").isEqualTo(true));
        giveUp(operator, spool).isNotFound();
    }

    private static StatusAssertions giveUp(WebTestClient who, String spool) {
        return who.delete().uri("/api/stats/spools/" + spool).exchange().expectStatus();
    }

    private void tell(ViewsSpooled spooled) {
        kafka.send(EventCodec.encode(Envelope.of("/article-service", now, spooled))
                        .toRecord())
                .join();
    }

    private void send(ArticleViewed view) {
        kafka.send(sent("service.views", event(view))).join();
    }

    private WebTestClient.BodyContentSpec numbers() {
        return operator.get()
                .uri("/api/stats/articles/" + article)
                .exchange()
                .expectStatus()
                .isOk()
                .expectBody();
    }

    private void awaitHits(int hits) {
        await().untilAsserted(() -> numbers().jsonPath("$.hits").isEqualTo(hits));
    }
}
