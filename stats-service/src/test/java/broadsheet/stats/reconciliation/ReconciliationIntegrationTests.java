package broadsheet.stats.reconciliation;

import static broadsheet.stats.ViewEvents.event;
import static broadsheet.stats.ViewEvents.sent;
import static broadsheet.stats.ViewEvents.view;
import static broadsheet.testservers.PatientAwait.await;
import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.springframework.data.mongodb.core.query.Criteria.where;
import static org.springframework.data.mongodb.core.query.Query.query;

import broadsheet.events.ArticleViewed.Agent;
import broadsheet.stats.IntegrationTest;
import broadsheet.stats.StatsClient;
import broadsheet.stats.history.ArticleDays;
import broadsheet.stats.ledger.LedgerHours;
import broadsheet.testservers.StaffTokens;
import broadsheet.web.access.StaffSessions;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.temporal.ChronoField;
import java.util.UUID;
import org.bson.Document;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.data.mongodb.core.ReactiveMongoTemplate;
import org.springframework.data.mongodb.core.query.Update;
import org.springframework.kafka.core.KafkaTemplate;
import org.springframework.test.context.TestPropertySource;
import org.springframework.test.web.reactive.server.WebTestClient;

/** Projections that do not agree are told from those that do. */
@IntegrationTest
@TestPropertySource(
        properties = {
            "broadsheet.stats.views-topic=service.views",
            "broadsheet.stats.articles-topic=service.articles",
            "broadsheet.stats.hits-topic=service.hits"
        })
class ReconciliationIntegrationTests {

    @Autowired
    KafkaTemplate<String, byte[]> kafka;

    @Autowired
    ReactiveMongoTemplate mongo;

    @Autowired
    StaffSessions sessions;

    @LocalServerPort
    int port;

    private final String article = "article-" + UUID.randomUUID();
    private final Instant now = Instant.now();
    private WebTestClient operator;

    @SuppressWarnings("NullAway.Init")
    ReconciliationIntegrationTests() {}

    @BeforeEach
    void openTwice() {
        operator = StatsClient.ofAnOperator(port, sessions);
        kafka.send(sent("service.views", event(view(article, "one", now)))).join();
        kafka.send(sent("service.views", event(view(article, "two", now)))).join();
        kafka.send(sent("service.views", event(view(article, "two", now)))).join();
        kafka.send(sent("service.views", event(view(article, "robot", Agent.BOT, now))))
                .join();
        await().untilAsserted(() -> operator.get()
                .uri("/api/stats/articles/" + article)
                .exchange()
                .expectBody()
                .jsonPath("$.hits")
                .isEqualTo(2)
                .jsonPath("$.complete")
                .isEqualTo(true));
    }

    @Test
    void projectionsThatCountedTheSameViewsAgree() {
        Reconciliation found = reconciled();

        assertThat(found.differing()).isZero();
        assertThat(found.differences()).isEmpty();
        assertThat(found.unsettled()).isZero();
        assertThat(found.articles()).isPositive();
        assertThat(found.hits()).isNotNull().matches(Reconciliation.HitsByProjection::agree);
        assertThat(found.bots())
                .isNotNull()
                .matches(Reconciliation.BotsByProjection::agree)
                .matches(bots -> bots.days() > 0);
        assertThat(found.doubleClicks())
                .isNotNull()
                .matches(Reconciliation.DoubleClicksByProjection::agree)
                .matches(doubleClicks -> doubleClicks.days() > 0);
    }

    @Test
    void anArticleWhoseDayCountedABotTooManyIsNamed() {
        change(ArticleDays.COLLECTION, "articleId", article, "bots", 1);

        Reconciliation found = reconciled();
        change(ArticleDays.COLLECTION, "articleId", article, "bots", -1);

        assertThat(found.differences()).containsExactly(new Reconciliation.Difference(article, 2, 2, 2, 1, 2));
        assertThat(found.differing()).as("the article, and the sums").isEqualTo(2);
    }

    @Test
    void aDoubleClickThatOnlyTheDayHasIsADifferenceOfTheSums() {
        change(ArticleDays.COLLECTION, "articleId", article, "doubleClicks", 1);

        Reconciliation found = reconciled();
        change(ArticleDays.COLLECTION, "articleId", article, "doubleClicks", -1);

        assertThat(found.differences()).isEmpty();
        assertThat(found.differing()).isOne();
        assertThat(found.doubleClicks())
                .isNotNull()
                .satisfies(clicks -> assertThat(clicks.days()).isEqualTo(clicks.ledger() + 1));
    }

    @Test
    void anArticleWhoseDayCountedOnceTooOftenIsNamed() {
        change(ArticleDays.COLLECTION, "articleId", article, "hits", 1);

        Reconciliation found = reconciled();
        change(ArticleDays.COLLECTION, "articleId", article, "hits", -1);

        assertThat(found.differences()).containsExactly(new Reconciliation.Difference(article, 2, 3, 2, 1, 1));
        assertThat(found.differing()).as("the article, and the sums").isEqualTo(2);
    }

    @Test
    void anArticleOfWhichAMinuteIsMissingIsNamed() {
        String minute = "minutes." + now.atOffset(ZoneOffset.UTC).get(ChronoField.MINUTE_OF_DAY);
        change(ArticleDays.COLLECTION, "articleId", article, minute, -1);

        Reconciliation found = reconciled();
        change(ArticleDays.COLLECTION, "articleId", article, minute, 1);

        assertThat(found.differences()).containsExactly(new Reconciliation.Difference(article, 2, 2, 1, 1, 1));
        assertThat(found.differing()).isOne();
    }

    @Test
    void aViewThatOnlyTheLedgerHasIsADifferenceOfTheSums() {
        String hour = requireNonNull(
                        mongo.findAll(Document.class, LedgerHours.COLLECTION).blockFirst())
                .getString("_id");
        change(LedgerHours.COLLECTION, "_id", hour, "counted", 1);

        Reconciliation found = reconciled();
        change(LedgerHours.COLLECTION, "_id", hour, "counted", -1);

        assertThat(found.differences()).isEmpty();
        assertThat(found.differing()).isOne();
        assertThat(found.hits())
                .isNotNull()
                .satisfies(hits -> assertThat(hits.ledger()).isEqualTo(hits.totals() + 1));
    }

    @Test
    void anUnknownOneIsNotFoundAndTheNewestIsListed() {
        Reconciliation found = reconciled();

        operator.get()
                .uri("/api/stats/reconciliations/nobody-knows")
                .exchange()
                .expectStatus()
                .isNotFound();
        operator.get()
                .uri("/api/stats/reconciliations?limit=1")
                .exchange()
                .expectBody()
                .jsonPath("$.items.length()")
                .isEqualTo(1)
                .jsonPath("$.items[0].id")
                .isEqualTo(found.id());
    }

    @Test
    void onlyOperatorsBeginOne() {
        operator.mutate()
                .defaultHeaders(headers -> headers.setBearerAuth(StaffTokens.of("writer", "AUTHOR")))
                .build()
                .post()
                .uri("/api/stats/reconciliations")
                .exchange()
                .expectStatus()
                .isForbidden();
    }

    private Reconciliation reconciled() {
        String location = StatsClient.reconciliation(operator);
        return requireNonNull(await().until(
                        () -> operator.get()
                                .uri(location)
                                .exchange()
                                .expectStatus()
                                .isOk()
                                .expectBody(Reconciliation.class)
                                .returnResult()
                                .getResponseBody(),
                        found -> found != null && found.state() == Reconciliation.State.FINISHED));
    }

    private void change(String collection, String key, String value, String field, long by) {
        mongo.updateFirst(query(where(key).is(value)), new Update().inc(field, by), collection)
                .block();
    }
}
