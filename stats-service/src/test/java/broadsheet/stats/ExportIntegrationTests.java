package broadsheet.stats;

import static broadsheet.stats.ViewEvents.event;
import static broadsheet.stats.ViewEvents.sent;
import static broadsheet.stats.ViewEvents.view;
import static broadsheet.testservers.PatientAwait.await;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import broadsheet.events.ArticleViewed.Agent;
import broadsheet.web.access.StaffSessions;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.kafka.core.KafkaTemplate;
import org.springframework.test.context.TestPropertySource;
import org.springframework.test.web.reactive.server.WebTestClient;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** All numbers as a file. */
@IntegrationTest
@TestPropertySource(
        properties = {
            "broadsheet.stats.views-topic=service.views",
            "broadsheet.stats.articles-topic=service.articles",
            "broadsheet.stats.hits-topic=service.hits"
        })
class ExportIntegrationTests {

    private final Instant day = Instant.now().truncatedTo(ChronoUnit.DAYS);

    @Autowired
    KafkaTemplate<String, byte[]> kafka;

    @Autowired
    StaffSessions sessions;

    @LocalServerPort
    int port;

    private final ArticleEvents formula = article("=1+1, \"quoted\"");
    private final ArticleEvents other = article("Other");
    private WebTestClient operator;

    @SuppressWarnings("NullAway.Init")
    ExportIntegrationTests() {}

    @BeforeEach
    void someViews() {
        await().until(sessions::areKnown);
        operator = StatsClient.ofAnOperator(port);
        kafka.send(formula.published()).join();
        kafka.send(other.published()).join();
        // as a backlog, which is not in this service's memory of the last minutes
        Instant before = day.minus(Duration.ofDays(1)).plusSeconds(3_600);
        open(formula, "a", before);
        open(formula, "b", before.plusSeconds(60));
        open(formula, "a", before.plusSeconds(7_200));
        open(other, "a", before);
        kafka.send(sent("service.views", event(view(formula.articleId(), "bot", Agent.BOT, before))))
                .join();
        await().untilAsserted(() -> assertThat(rowsOf(formula, "day"))
                .singleElement()
                .satisfies(row -> {
                    assertThat(row.path("hits").asInt()).isEqualTo(3);
                    assertThat(row.path("bots").asInt()).isEqualTo(1);
                }));
        await().untilAsserted(() -> assertThat(rowsOf(other, "day")).hasSize(1));
    }

    @Test
    void aDayIsARow() {
        JsonNode row = rowsOf(formula, "day").get(0);
        assertThat(row.path("start").asString())
                .isEqualTo(day.minus(Duration.ofDays(1)).toString());
        assertThat(row.path("title").asString()).isEqualTo("=1+1, \"quoted\"");
        assertThat(row.path("visitors").asInt()).isEqualTo(2);

        String cells = day.minus(Duration.ofDays(1)) + "," + formula.articleId();
        assertThat(body("/api/stats/export.csv?" + yesterday("day")).split("\r\n"))
                .startsWith("start,articleId,title,url,category,hits,visitors,bots,automated,doubleClicks")
                .contains(cells + ",\"'=1+1, \"\"quoted\"\"\",/news/exports/" + formula.articleId()
                        + ",exports,3,2,1,0,0");
    }

    @Test
    void anHourIsARow() {
        assertThat(rowsOf(formula, "hour"))
                .extracting(row -> row.path("hits").asInt())
                .containsExactly(2, 1);
    }

    @Test
    void oneArticleCanBeExportedAlone() {
        String rows = body("/api/stats/export.ndjson?article=" + other.articleId() + "&" + yesterday("day"));
        assertThat(rows.lines()).hasSize(1);
        operator.get()
                .uri("/api/stats/export.ndjson?article=unheard-of")
                .exchange()
                .expectStatus()
                .isNotFound();
    }

    @Test
    void whereNothingWasReadTheFileHasColumnsAlone() {
        String times = "from=2001-01-01T00:00:00Z&to=2001-01-02T00:00:00Z";
        assertThat(body("/api/stats/export.csv?" + times).split("\r\n")).hasSize(1);
        operator.get()
                .uri("/api/stats/export.ndjson?" + times)
                .exchange()
                .expectStatus()
                .isOk()
                .expectHeader()
                .valueEquals("Content-Disposition", "attachment; filename=\"hits-2001-01-01-2001-01-02.ndjson\"")
                .expectHeader()
                .contentType("application/x-ndjson");
    }

    private List<JsonNode> rowsOf(ArticleEvents article, String interval) {
        return body("/api/stats/export.ndjson?" + yesterday(interval))
                .lines()
                .map(JsonMapper.shared()::readTree)
                .filter(row -> row.path("articleId").asString().equals(article.articleId()))
                .toList();
    }

    private String yesterday(String interval) {
        return "interval=" + interval + "&from=" + day.minus(Duration.ofDays(1)) + "&to=" + day;
    }

    private String body(String uri) {
        byte[] body = operator.get()
                .uri(uri)
                .exchange()
                .expectStatus()
                .isOk()
                .expectBody()
                .returnResult()
                .getResponseBody();
        return body == null ? "" : new String(body, UTF_8);
    }

    private static ArticleEvents article(String title) {
        return new ArticleEvents("service.articles", "article-" + UUID.randomUUID(), "exports", title);
    }

    private void open(ArticleEvents article, String visitor, Instant at) {
        kafka.send(sent("service.views", event(view(article.articleId(), visitor, at))))
                .join();
    }
}
