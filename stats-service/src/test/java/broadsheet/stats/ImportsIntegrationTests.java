package broadsheet.stats;

import static broadsheet.stats.ViewEvents.event;
import static broadsheet.stats.ViewEvents.sent;
import static broadsheet.stats.ViewEvents.view;
import static broadsheet.testservers.PatientAwait.await;
import static org.assertj.core.api.Assertions.assertThat;

import broadsheet.events.ArticleHits;
import broadsheet.events.EventCodec;
import broadsheet.web.access.StaffSessions;
import java.time.Instant;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.http.MediaType;
import org.springframework.kafka.core.ConsumerFactory;
import org.springframework.kafka.core.KafkaTemplate;
import org.springframework.test.context.TestPropertySource;
import org.springframework.test.web.reactive.server.WebTestClient;
import org.springframework.test.web.reactive.server.WebTestClient.ResponseSpec;

/** Hits that were counted elsewhere. */
@IntegrationTest
@TestPropertySource(
        properties = {
            "broadsheet.stats.views-topic=service.views",
            "broadsheet.stats.articles-topic=service.articles",
            "broadsheet.stats.hits-topic=service.hits"
        })
class ImportsIntegrationTests {

    private static final MediaType CSV = MediaType.parseMediaType("text/csv");

    @Autowired
    KafkaTemplate<String, byte[]> kafka;

    @Autowired
    ConsumerFactory<String, byte[]> consumers;

    @Autowired
    StaffSessions sessions;

    @LocalServerPort
    int port;

    private final ArticleEvents article =
            new ArticleEvents("service.articles", "article-" + UUID.randomUUID(), "imports", "Imported");
    private final String id = "import-" + UUID.randomUUID();
    private WebTestClient operator;

    @SuppressWarnings("NullAway.Init")
    ImportsIntegrationTests() {}

    @BeforeEach
    void anArticleWithAHit() {
        await().until(sessions::areKnown);
        operator = StatsClient.ofAnOperator(port);
        kafka.send(article.published()).join();
        kafka.send(sent("service.views", event(view(article.articleId(), "visitor", Instant.now()))))
                .join();
        await().untilAsserted(() -> assertThat(shown()).isEqualTo(1));
    }

    @Test
    void whatIsImportedIsAddedOnceAndShownApart() {
        for (int time = 0; time < 2; time++) {
            post(id, "https://old.example/2024/05/" + article.articleId() + "/,1000,2024-05-01\nnowhere,7")
                    .expectStatus()
                    .isOk()
                    .expectBody()
                    .jsonPath("$.state")
                    .isEqualTo("done")
                    .jsonPath("$.articles")
                    .isEqualTo(1)
                    .jsonPath("$.views")
                    .isEqualTo(1000)
                    .jsonPath("$.errors[0].line")
                    .isEqualTo(2)
                    .jsonPath("$.errors[0].message")
                    .isEqualTo("no article is nowhere")
                    .jsonPath("$.digest")
                    .doesNotExist();
        }

        await().untilAsserted(() -> assertThat(shown()).isEqualTo(1001));
        operator.get()
                .uri("/api/stats/articles/" + article.articleId())
                .exchange()
                .expectBody()
                .jsonPath("$.hits")
                .isEqualTo(1001)
                .jsonPath("$.imported")
                .isEqualTo(1000);
        operator.get()
                .uri("/api/stats/ledger")
                .exchange()
                .expectBody()
                .jsonPath("$.imported")
                .value(
                        Number.class,
                        imported -> assertThat(imported.longValue()).isGreaterThanOrEqualTo(1000));
        await().untilAsserted(() -> assertThat(announced()).isEqualTo(1001));
    }

    @Test
    void whatAnImportBroughtCanBeTakenBack() {
        post(id, article.articleId() + ",1000").expectStatus().isOk();
        await().untilAsserted(() -> assertThat(shown()).isEqualTo(1001));

        operator.delete()
                .uri("/api/stats/imports/" + id)
                .exchange()
                .expectStatus()
                .isNoContent();

        await().untilAsserted(() -> assertThat(shown()).isEqualTo(1));
        operator.get().uri("/api/stats/imports/" + id).exchange().expectStatus().isNotFound();
        operator.delete()
                .uri("/api/stats/imports/" + id)
                .exchange()
                .expectStatus()
                .isNotFound();
        await().untilAsserted(() -> assertThat(announced()).isEqualTo(1));
    }

    @Test
    void aDryRunSaysWhatWouldBeAndStoresNothing() {
        post(id + "&dryRun=true", article.articleId() + ",1000")
                .expectStatus()
                .isOk()
                .expectBody()
                .jsonPath("$.state")
                .isEqualTo("checked")
                .jsonPath("$.views")
                .isEqualTo(1000);

        operator.get().uri("/api/stats/imports/" + id).exchange().expectStatus().isNotFound();
        assertThat(shown()).isEqualTo(1);
    }

    @Test
    void anotherFileNeedsAnotherId() {
        post(id, article.articleId() + ",1000").expectStatus().isOk();
        post(id, article.articleId() + ",2000").expectStatus().isEqualTo(409);
        post(id + "-more", article.articleId() + ",2000").expectStatus().isOk();
        await().untilAsserted(() -> assertThat(shown()).isEqualTo(3001));

        operator.get()
                .uri("/api/stats/imports/" + id)
                .exchange()
                .expectBody()
                .jsonPath("$.by")
                .isEqualTo("ops")
                .jsonPath("$.views")
                .isEqualTo(1000);
        operator.get()
                .uri("/api/stats/imports?limit=1")
                .exchange()
                .expectBody()
                .jsonPath("$.items.length()")
                .isEqualTo(1)
                .jsonPath("$.nextCursor")
                .isNotEmpty();
    }

    @Test
    void whatIsWrongIsSaid() {
        post("", "a,1")
                .expectStatus()
                .isBadRequest()
                .expectBody()
                .jsonPath("$.errors[0].field")
                .isEqualTo("id");
        post("a b", "a,1")
                .expectStatus()
                .isBadRequest()
                .expectBody()
                .jsonPath("$.errors[0].field")
                .isEqualTo("id");
        post(id, "page,bounce_rate\na,1").expectStatus().isBadRequest();
        post(id, "a".repeat(17 << 10)).expectStatus().isEqualTo(413);
        operator.post()
                .uri("/api/stats/imports?id=" + id)
                .contentType(MediaType.APPLICATION_PDF)
                .bodyValue(new byte[] {1})
                .exchange()
                .expectStatus()
                .isEqualTo(415);
    }

    private ResponseSpec post(String query, String csv) {
        return operator.post()
                .uri("/api/stats/imports?id=" + query)
                .contentType(CSV)
                .bodyValue(csv)
                .exchange();
    }

    private long shown() {
        var hits = new long[1];
        operator.get()
                .uri("/api/stats/hits?ids=" + article.articleId())
                .exchange()
                .expectStatus()
                .isOk()
                .expectBody()
                .jsonPath("$.items[0].hits")
                .value(Number.class, number -> hits[0] = number.longValue());
        return hits[0];
    }

    private long announced() {
        var record = NewestRecord.find(consumers, "service.hits", article.articleId());
        return ((ArticleHits) EventCodec.decode(record).event()).hits();
    }
}
