package broadsheet.stats;

import static broadsheet.stats.ViewEvents.event;
import static broadsheet.stats.ViewEvents.referredBy;
import static broadsheet.stats.ViewEvents.sent;
import static broadsheet.stats.ViewEvents.view;
import static broadsheet.testservers.PatientAwait.await;
import static org.assertj.core.api.Assertions.assertThat;

import broadsheet.events.ArticleViewed;
import broadsheet.web.access.StaffSessions;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.kafka.core.KafkaTemplate;
import org.springframework.test.context.TestPropertySource;
import org.springframework.test.web.reactive.server.WebTestClient;
import org.springframework.test.web.reactive.server.WebTestClient.BodyContentSpec;

/** Where readers came from and what they read, of an article and of the site. */
@IntegrationTest
@TestPropertySource(
        properties = {
            "broadsheet.stats.views-topic=service.views",
            "broadsheet.stats.articles-topic=service.articles",
            "broadsheet.stats.hits-topic=service.hits"
        })
class BreakdownIntegrationTests {

    @Autowired
    KafkaTemplate<String, byte[]> kafka;

    @Autowired
    StaffSessions sessions;

    @LocalServerPort
    int port;

    private final Instant now = Instant.now();
    private final String category = "category-" + UUID.randomUUID();
    private final String article = "article-" + UUID.randomUUID();
    private WebTestClient operator;

    @SuppressWarnings("NullAway.Init")
    BreakdownIntegrationTests() {}

    @BeforeEach
    void connect() {
        await().until(sessions::areKnown);
        operator = StatsClient.ofAnOperator(port);
    }

    @Test
    void anArticlesHitsAreKnownByChannelSourceAndVersion() {
        open(referredBy("mp.weixin.qq.com", view(article, "one", now)));
        open(referredBy("mp.weixin.qq.com", view(article, "two", now)));
        open(view(article, "three", now));

        String ofArticle = "&article=" + article;
        await().untilAsserted(() -> get("/api/stats/breakdown?by=channel" + ofArticle)
                .jsonPath("$.items[0].key")
                .isEqualTo("social")
                .jsonPath("$.items[0].hits")
                .isEqualTo(2)
                .jsonPath("$.items[1].key")
                .isEqualTo("direct")
                .jsonPath("$.other.hits")
                .isEqualTo(0)
                .jsonPath("$.complete")
                .isEqualTo(true));
        get("/api/stats/breakdown?by=source&limit=1" + ofArticle)
                .jsonPath("$.items[0].key")
                .isEqualTo("WeChat")
                .jsonPath("$.items.length()")
                .isEqualTo(1);
        get("/api/stats/breakdown?by=category" + ofArticle)
                .jsonPath("$.items.length()")
                .isEqualTo(0)
                .jsonPath("$.other.hits")
                .isEqualTo(3);
    }

    @Test
    void theSitesHitsAreKnownByCategory() {
        var published = new ArticleEvents("service.articles", article, category, "Title");
        kafka.send(published.published()).join();
        open(ofRevision(2, view(article, "one", now)));
        open(ofRevision(2, view(article, "two", now)));

        await().untilAsserted(() -> get("/api/stats/breakdown?by=category&limit=100")
                .jsonPath("$.items[?(@.key == '" + category + "')].hits")
                .isEqualTo(2));
    }

    @Test
    void theSitesHitsAreComparedWithTheTimeBefore() {
        Instant yesterday = now.minus(1, ChronoUnit.DAYS);
        open(view(article, "one", now));
        open(view(article, "two", yesterday));

        await().untilAsserted(() -> get("/api/stats/overview?interval=day&from=" + now.truncatedTo(ChronoUnit.DAYS))
                .jsonPath("$.points.length()")
                .isEqualTo(1)
                .jsonPath("$.totals.hits")
                .value(Integer.class, hits -> assertThat(hits).isPositive())
                .jsonPath("$.before.hits")
                .value(Integer.class, hits -> assertThat(hits).isPositive())
                .jsonPath("$.totals.visitors")
                .value(Integer.class, visitors -> assertThat(visitors).isPositive()));
    }

    @Test
    void anArticleThatNobodyKnowsIsNotFound() {
        operator.get()
                .uri("/api/stats/breakdown?by=channel&article=nobody-knows")
                .exchange()
                .expectStatus()
                .isNotFound();
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

    private void open(ArticleViewed view) {
        kafka.send(sent("service.views", event(view))).join();
    }

    private BodyContentSpec get(String uri) {
        return operator.get().uri(uri).exchange().expectStatus().isOk().expectBody();
    }
}
