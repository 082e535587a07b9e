package broadsheet.stats;

import static broadsheet.stats.ViewEvents.event;
import static broadsheet.stats.ViewEvents.sent;
import static broadsheet.stats.ViewEvents.view;
import static broadsheet.testservers.PatientAwait.await;

import broadsheet.events.ArticleViewed;
import broadsheet.web.access.StaffSessions;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import java.util.UUID;
import org.bson.Document;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.data.mongodb.core.ReactiveMongoTemplate;
import org.springframework.kafka.core.KafkaTemplate;
import org.springframework.test.context.TestPropertySource;
import org.springframework.test.web.reactive.server.WebTestClient;
import org.springframework.test.web.reactive.server.WebTestClient.BodyContentSpec;
import reactor.core.publisher.Mono;

/** How an article compares with itself and with its category. */
@IntegrationTest
@TestPropertySource(
        properties = {
            "broadsheet.stats.views-topic=service.views",
            "broadsheet.stats.articles-topic=service.articles",
            "broadsheet.stats.hits-topic=service.hits"
        })
class ComparedArticlesIntegrationTests {

    @Autowired
    KafkaTemplate<String, byte[]> kafka;

    @Autowired
    ReactiveMongoTemplate mongo;

    @Autowired
    StaffSessions sessions;

    @LocalServerPort
    int port;

    private final Instant now = Instant.now();
    private final String category = "category-" + UUID.randomUUID();
    private final String article = "article-" + UUID.randomUUID();
    private WebTestClient operator;

    @SuppressWarnings("NullAway.Init")
    ComparedArticlesIntegrationTests() {}

    @BeforeEach
    void connect() {
        await().until(sessions::areKnown);
        operator = StatsClient.ofAnOperator(port);
    }

    @Test
    void eachRevisionHasItsReadings() {
        open("one", 1);
        open("two", 1);
        open("three", 2);
        open("four", 2);

        await().untilAsserted(() -> get("revisions")
                .jsonPath("$.items.length()")
                .isEqualTo(2)
                .jsonPath("$.items[0].revision")
                .isEqualTo(2)
                .jsonPath("$.items[0].hits")
                .isEqualTo(2)
                .jsonPath("$.items[1].revision")
                .isEqualTo(1)
                .jsonPath("$.items[1].visitors")
                .isEqualTo(2)
                .jsonPath("$.other")
                .isEmpty()
                .jsonPath("$.complete")
                .isEqualTo(true));
    }

    @Test
    void theCurveHasAPointForEachAge() {
        publish(now.minus(Duration.ofHours(3)));
        open("one", 1);

        await().untilAsserted(() -> get("curve")
                .jsonPath("$.points[0].age")
                .isEqualTo("1h")
                .jsonPath("$.points[0].hits")
                .isEqualTo(0)
                .jsonPath("$.points[1].age")
                .isEqualTo("24h")
                .jsonPath("$.points[1].hits")
                .isEmpty()
                .jsonPath("$.points[2].age")
                .isEqualTo("7d")
                .jsonPath("$.points[2].median")
                .isEmpty()
                .jsonPath("$.complete")
                .isEqualTo(true));
    }

    @Test
    void ofAnArticleThatWasNeverPublishedThereAreNoHits() {
        publish(null);

        get("curve")
                .jsonPath("$.publishedAt")
                .isEmpty()
                .jsonPath("$.points.length()")
                .isEqualTo(3)
                .jsonPath("$.points[0].hits")
                .isEmpty();
        get("revisions").jsonPath("$.items.length()").isEqualTo(0);
    }

    @Test
    void anUnknownArticleIsNotFound() {
        for (String what : new String[] {"curve", "revisions"}) {
            operator.get()
                    .uri("/api/stats/articles/" + article + "/" + what)
                    .exchange()
                    .expectStatus()
                    .isNotFound()
                    .expectBody()
                    .jsonPath("$.title")
                    .isNotEmpty();
        }
    }

    private void publish(@Nullable Instant at) {
        mongo.getCollection("stats_articles")
                .flatMap(articles -> Mono.from(articles.insertOne(new Document("_id", article)
                        .append("version", 2L)
                        .append("title", "An article")
                        .append("url", "/news/" + article)
                        .append("public", true)
                        .append("publishedAt", at == null ? null : Date.from(at))
                        .append("category", new Document("slug", category).append("name", category)))))
                .block();
    }

    private void open(String visitor, long revision) {
        ArticleViewed view = view(article, visitor + "-" + revision, now);
        kafka.send(sent("service.views", event(ofRevision(revision, view)))).join();
    }

    private static ArticleViewed ofRevision(long revision, ArticleViewed view) {
        return new ArticleViewed(
                view.articleId(),
                revision,
                view.occurredAt(),
                view.receivedAt(),
                view.visitorKey(),
                view.channel(),
                view.referrerHost(),
                view.device(),
                view.agent(),
                view.agentRules(),
                view.alertId(),
                view.evidence());
    }

    private BodyContentSpec get(String what) {
        return operator.get()
                .uri("/api/stats/articles/" + article + "/" + what)
                .exchange()
                .expectStatus()
                .isOk()
                .expectBody();
    }
}
