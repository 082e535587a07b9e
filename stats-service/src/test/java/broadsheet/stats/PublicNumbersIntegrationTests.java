package broadsheet.stats;

import static broadsheet.stats.ViewEvents.event;
import static broadsheet.stats.ViewEvents.sent;
import static broadsheet.stats.ViewEvents.view;
import static broadsheet.testservers.PatientAwait.await;

import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.http.HttpMethod;
import org.springframework.http.HttpStatus;
import org.springframework.kafka.core.KafkaTemplate;
import org.springframework.test.context.TestPropertySource;
import org.springframework.test.web.reactive.server.WebTestClient;
import org.springframework.test.web.reactive.server.WebTestClient.BodyContentSpec;

/** What anyone may ask: hits and rankings of articles that can be read now. */
@IntegrationTest
@TestPropertySource(
        properties = {
            "broadsheet.stats.views-topic=service.views",
            "broadsheet.stats.articles-topic=service.articles",
            "broadsheet.stats.hits-topic=service.hits"
        })
class PublicNumbersIntegrationTests {

    @Autowired
    KafkaTemplate<String, byte[]> kafka;

    @LocalServerPort
    int port;

    private final Instant now = Instant.now();
    private final String category = "category-" + UUID.randomUUID();
    private final ArticleEvents first = article("First");
    private final ArticleEvents second = article("Second");
    private WebTestClient anyone;

    @SuppressWarnings("NullAway.Init")
    PublicNumbersIntegrationTests() {}

    @BeforeEach
    void connect() {
        anyone = StatsClient.ofAnyone(port);
    }

    @Test
    void theMostReadArticleIsNamed() {
        kafka.send(first.published()).join();
        kafka.send(second.published()).join();
        List.of("a", "b", "c").forEach(visitor -> open(first, visitor));
        open(second, "a");

        for (String period : List.of("1h", "24h", "7d", "30d", "all")) {
            await().untilAsserted(() -> top(period)
                    .jsonPath("$.items.length()")
                    .isEqualTo(2)
                    .jsonPath("$.items[0].title")
                    .isEqualTo("First")
                    .jsonPath("$.items[0].hits")
                    .isEqualTo(3)
                    .jsonPath("$.items[1].articleId")
                    .isEqualTo(second.articleId()));
        }
    }

    @Test
    void anArticleThatIsSuddenlyReadIsTrendingUntilItIsWithdrawn() {
        kafka.send(first.published()).join();
        kafka.send(second.published()).join();
        for (int visitor = 0; visitor < 12; visitor++) {
            open(first, "visitor-" + visitor);
        }
        for (var other : List.of(second, article("Third"), article("Fourth"), article("Fifth"))) {
            kafka.send(other.published()).join();
            open(other, "a");
        }

        await().untilAsserted(() -> get("/api/stats/trending?category=" + category)
                .jsonPath("$.items.length()")
                .isEqualTo(1)
                .jsonPath("$.items[0].title")
                .isEqualTo("First")
                .jsonPath("$.items[0].hits")
                .isEqualTo(12)
                .jsonPath("$.asOf")
                .isNotEmpty());

        kafka.send(first.withdrawn()).join();

        await().untilAsserted(() -> get("/api/stats/trending?category=" + category)
                .jsonPath("$.items.length()")
                .isEqualTo(0));
    }

    @Test
    void hitsAreInTheOrderOfTheIds() {
        kafka.send(first.published()).join();
        kafka.send(second.published()).join();
        open(first, "a");

        await().untilAsserted(() -> hits().jsonPath("$.items[0].articleId")
                .isEqualTo(second.articleId())
                .jsonPath("$.items[0].hits")
                .isEqualTo(0)
                .jsonPath("$.items[1].hits")
                .isEqualTo(1)
                .jsonPath("$.items.length()")
                .isEqualTo(2));
    }

    @Test
    void aWithdrawnArticleHasNoHitsNoRankAndLooksLikeOneThatNeverWas() {
        kafka.send(first.published()).join();
        kafka.send(second.published()).join();
        open(first, "a");
        open(second, "a");
        await().untilAsserted(() -> top("all").jsonPath("$.items.length()").isEqualTo(2));

        kafka.send(first.withdrawn()).join();

        await().untilAsserted(() -> top("all")
                .jsonPath("$.items.length()")
                .isEqualTo(1)
                .jsonPath("$.items[0].articleId")
                .isEqualTo(second.articleId()));
        hits().jsonPath("$.items.length()")
                .isEqualTo(1)
                .jsonPath("$.items[0].articleId")
                .isEqualTo(second.articleId());
    }

    @Test
    void aDraftHasNoHitsAndLooksLikeOneThatNeverWas() {
        kafka.send(first.created()).join();
        kafka.send(second.published()).join();
        open(first, "a");
        open(second, "a");

        await().untilAsserted(() -> top("all").jsonPath("$.items.length()").isEqualTo(1));
        hits().jsonPath("$.items.length()").isEqualTo(1);
        anyone.get()
                .uri("/api/stats/hits?ids=nobody")
                .exchange()
                .expectStatus()
                .isOk()
                .expectBody()
                .jsonPath("$.items.length()")
                .isEqualTo(0);
    }

    @Test
    void headIsAnsweredLikeGet() {
        for (String uri : List.of("/api/stats/hits?ids=a", "/api/stats/top", "/api/stats/trending")) {
            anyone.method(HttpMethod.HEAD).uri(uri).exchange().expectStatus().isOk();
        }
        for (String uri : List.of("/api/stats/articles/a", "/api/stats/articles/a/series", "/api/stats/ledger")) {
            anyone.method(HttpMethod.HEAD).uri(uri).exchange().expectStatus().isEqualTo(HttpStatus.UNAUTHORIZED);
        }
    }

    private ArticleEvents article(String title) {
        return new ArticleEvents("service.articles", "article-" + UUID.randomUUID(), category, title);
    }

    private void open(ArticleEvents article, String visitor) {
        kafka.send(sent("service.views", event(view(article.articleId(), visitor, now))))
                .join();
    }

    private BodyContentSpec top(String period) {
        return get("/api/stats/top?limit=5&category=" + category + "&period=" + period);
    }

    private BodyContentSpec hits() {
        return get("/api/stats/hits?ids=" + second.articleId() + "," + first.articleId());
    }

    private BodyContentSpec get(String uri) {
        return anyone.get().uri(uri).exchange().expectStatus().isOk().expectBody();
    }
}
