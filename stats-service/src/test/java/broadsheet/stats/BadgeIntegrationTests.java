package broadsheet.stats;

import static broadsheet.stats.ViewEvents.event;
import static broadsheet.stats.ViewEvents.sent;
import static broadsheet.stats.ViewEvents.view;
import static broadsheet.testservers.PatientAwait.await;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.kafka.core.KafkaTemplate;
import org.springframework.test.context.TestPropertySource;
import org.springframework.test.web.reactive.server.WebTestClient;
import org.springframework.test.web.reactive.server.WebTestClient.ResponseSpec;

/** The counter as an image. */
@IntegrationTest
@TestPropertySource(
        properties = {
            "broadsheet.stats.views-topic=service.views",
            "broadsheet.stats.articles-topic=service.articles",
            "broadsheet.stats.hits-topic=service.hits"
        })
class BadgeIntegrationTests {

    @Autowired
    KafkaTemplate<String, byte[]> kafka;

    @LocalServerPort
    int port;

    private final ArticleEvents article =
            new ArticleEvents("service.articles", "article-" + UUID.randomUUID(), "badges", "Badge");
    private WebTestClient anyone;

    @SuppressWarnings("NullAway.Init")
    BadgeIntegrationTests() {}

    @BeforeEach
    void connect() {
        anyone = StatsClient.ofAnyone(port);
    }

    @Test
    void anyoneSeesTheHitsOfAPublicArticle() {
        kafka.send(article.published()).join();
        kafka.send(sent("service.views", event(view(article.articleId(), "visitor", Instant.now()))))
                .join();

        await().untilAsserted(() -> assertThat(svg("?label=阅读")).contains(">阅读<", ">1<"));
        badge("")
                .expectHeader()
                .contentType("image/svg+xml;charset=UTF-8")
                .expectHeader()
                .valueEquals("Content-Security-Policy", "default-src 'none'")
                .expectHeader()
                .valueEquals("Cross-Origin-Resource-Policy", "cross-origin")
                .expectHeader()
                .valueEquals("Cache-Control", "no-cache");
    }

    @Test
    void aDraftAndAWithdrawnArticleHaveNone() {
        kafka.send(article.created()).join();
        kafka.send(sent("service.views", event(view(article.articleId(), "visitor", Instant.now()))))
                .join();
        badge("").expectStatus().isNotFound();

        kafka.send(article.published()).join();
        await().untilAsserted(() -> badge("").expectStatus().isOk());
        kafka.send(article.withdrawn()).join();
        await().untilAsserted(() -> badge("").expectStatus().isNotFound());
    }

    private String svg(String query) {
        return String.valueOf(badge(query)
                .expectStatus()
                .isOk()
                .expectBody(String.class)
                .returnResult()
                .getResponseBody());
    }

    private ResponseSpec badge(String query) {
        return anyone.get()
                .uri("/api/stats/articles/" + article.articleId() + "/badge.svg" + query)
                .exchange();
    }
}
