package broadsheet.notification.stream;

import static broadsheet.notification.ArticleEvents.corrected;
import static broadsheet.notification.ArticleEvents.created;
import static broadsheet.notification.ArticleEvents.published;
import static broadsheet.notification.ArticleEvents.withdrawn;
import static broadsheet.testservers.PatientAwait.await;
import static org.assertj.core.api.Assertions.assertThat;

import broadsheet.notification.ArticlesTopicWriter;
import broadsheet.notification.NotificationProperties;
import broadsheet.notification.NotificationService;
import broadsheet.notification.event.EventHistory;
import broadsheet.testservers.TestServers;
import broadsheet.testservers.TestServersInitializer;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.http.MediaType;
import org.springframework.test.context.ContextConfiguration;
import org.springframework.test.web.reactive.server.WebTestClient;
import reactor.core.scheduler.Scheduler;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

@SpringBootTest(
        classes = NotificationService.class,
        webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT,
        properties = {
            "spring.config.name=broadsheet,notification-service",
            "broadsheet.notification.topic=news.articles.${random.uuid}",
            "broadsheet.notification.stream.connections=3",
            "broadsheet.notification.stream.connections-per-address=2"
        })
@ContextConfiguration(initializers = TestServersInitializer.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class NotificationListIntegrationTests {

    /** As often as they may be asked for. */
    private static final Duration BETWEEN_PREVIEWS = Duration.ofMillis(500);

    @LocalServerPort
    int port;

    private WebTestClient http;
    private ArticlesTopicWriter topic;

    @BeforeAll
    void open(@Autowired NotificationProperties properties, @Autowired EventHistory history) {
        http = WebTestClient.bindToServer()
                .baseUrl("http://localhost:" + port)
                .responseTimeout(Duration.ofMinutes(1))
                .build();
        topic = new ArticlesTopicWriter(TestServers.bootstrapServers(), properties.topic());
        await().until(history::isOpen);
    }

    /** The service notices a little later that the clients of the test before are gone. */
    @BeforeEach
    void awaitFreePlaces(@Autowired MeterRegistry meters) {
        var open = meters.get("broadsheet.notification.stream.connections").gauge();
        await().until(() -> open.value() == 0);
    }

    @AfterAll
    void close() {
        topic.close();
    }

    @Test
    void theListGoesOnWhereTheCursorSays() {
        topic.write(created("p", "pages"));
        List<String> written = IntStream.range(0, 7)
                .mapToObj(version -> topic.write(published("p", "pages")))
                .toList();
        try (var reader = StreamClient.to(port, "?category=pages")) {
            reader.awaitsId(topic.write(published("p", "pages")));
        }
        var read = new ArrayList<String>();
        JsonNode page = page("?category=pages&limit=3");
        while (!page.path("items").isEmpty()) {
            page.path("items").forEach(item -> read.add(item.path("id").asString()));
            page = page(
                    "?category=pages&limit=3&after=" + page.path("nextCursor").asString());
        }
        assertThat(read).hasSize(8).containsSubsequence(written);
        assertThat(page.has("gap")).isFalse();
    }

    @Test
    void aCursorOfTheListResumesTheStream() {
        String cursor = page("?category=both&limit=1").path("nextCursor").asString();
        String first = topic.write(published("b", "both"));
        try (var reader = StreamClient.resumed(port, "?category=both", cursor)) {
            reader.awaitsId(first);
        }
    }

    @Test
    void theListGoesOnBehindAnEvent() {
        topic.write(published("e", "behind"));
        String known = topic.write(published("e", "behind"));
        String next = topic.write(published("e", "behind"));
        await().untilAsserted(
                        () -> assertThat(page("?category=behind&after=" + known).findValuesAsString("id"))
                                .contains(next)
                                .doesNotContain(known));
    }

    @Test
    void aPreviewSaysWhatAFilterWouldHaveFound() {
        topic.write(published("p0", "preview"));
        topic.write(published("p0", "preview"));
        topic.write(published("p1", "preview", "Other", "Grace"));
        topic.write(corrected("p2", "preview"));
        topic.write(withdrawn("p3", "preview"));
        for (int article = 4; article < 9; article++) {
            topic.write(published("p" + article, "preview"));
        }
        String filter =
                "{\"filter\": {\"categories\": [\"Preview\"], \"tags\": [\"science\"], \"events\": [\"milestone\"]}}";
        await().pollInterval(BETWEEN_PREVIEWS)
                .untilAsserted(() -> preview(filter)
                        .expectStatus()
                        .isOk()
                        .expectBody()
                        .jsonPath("$.articles")
                        .isEqualTo(6));
        topic.write(published("p9", "preview")); // those before may come in another order, from other partitions
        await().pollInterval(BETWEEN_PREVIEWS)
                .untilAsserted(() -> preview(filter)
                        .expectStatus()
                        .isOk()
                        .expectBody()
                        .jsonPath("$.articles")
                        .isEqualTo(7)
                        .jsonPath("$.days")
                        .isEqualTo(30)
                        .jsonPath("$.perWeek")
                        .isEqualTo(1.6)
                        .jsonPath("$.examples.length()")
                        .isEqualTo(5)
                        .jsonPath("$.examples[0]")
                        .isEqualTo(Map.of(
                                "title",
                                "Title of p9",
                                "url",
                                "/news/preview/slug-p9",
                                "publishedAt",
                                "2026-05-04T10:00:00Z")));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{}|filter",
                "{\"filter\": null}|filter",
                "{\"filter\": {\"tags\": [\"\"]}}|filter.tags[0]",
                "{\"filter\": {\"keywords\": [\"?!\"]}}|filter.keywords",
                "{\"filter\": {\"events\": [\"read\"]}}|filter.events[0]",
                "{\"filter\": {\"keyword\": [\"a\"]}}|filter.keyword"
            })
    void whatIsWrongWithAFilterIsNamed(String body, String field) {
        preview(body)
                .expectStatus()
                .isBadRequest()
                .expectBody()
                .jsonPath("$.errors[0].field")
                .isEqualTo(field);
    }

    private WebTestClient.ResponseSpec preview(String body) {
        return http.post()
                .uri("/api/subscriptions/preview")
                .contentType(MediaType.APPLICATION_JSON)
                .bodyValue(body)
                .exchange();
    }

    @ParameterizedTest
    @ValueSource(strings = {"Last-Event-ID", "Accept"})
    void garbageAsLastIdIsRefused(String header) {
        String id = header.equals("Accept") ? "?lastEventId=garbage" : "";
        http.get()
                .uri("/api/notifications/stream" + id)
                .header(header, header.equals("Accept") ? MediaType.TEXT_EVENT_STREAM_VALUE : "garbage")
                .exchange()
                .expectStatus()
                .isBadRequest()
                .expectHeader()
                .contentType(MediaType.APPLICATION_PROBLEM_JSON)
                .expectBody()
                .jsonPath("$.errors[0].field")
                .isEqualTo("lastEventId");
    }

    @ParameterizedTest
    @CsvSource({
        "after=7,after",
        "limit=0,limit",
        "limit=101,limit",
        "tag=LONG,tag",
        "author=LONG,author",
        "keyword=MANY,keyword",
        "keyword=!!,keyword",
        "category=MANY,category"
    })
    void badInputIsNamed(String query, String field) {
        http.get()
                .uri("/api/notifications?"
                        + query.replace("LONG", "x".repeat(201)).replace("MANY", "0,1,2,3,4,5,6,7,8,9,10"))
                .exchange()
                .expectStatus()
                .isBadRequest()
                .expectBody()
                .jsonPath("$.errors[0].field")
                .isEqualTo(field);
    }

    @Test
    void whoLooksForKeywordsHoldsUpNobodyElse(@Autowired @Qualifier("notificationSearch") Scheduler search) {
        var searched = new CountDownLatch(1);
        search.schedule(() -> awaitQuietly(searched));
        try (var searching = new StreamClient(port, "?keyword=library", null);
                var other = StreamClient.to(port, "?category=others")) {
            other.awaitsId(topic.write(published("o", "others")));
            assertThat(searching.lastId()).isNull();
            searched.countDown();
            searching.awaits(event -> "hello".equals(event.event()));
        } finally {
            searched.countDown();
        }
    }

    private static void awaitQuietly(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Test
    void moreStreamsThanAnAddressMayHaveAreRefused() {
        try (var one = StreamClient.to(port, "");
                var two = StreamClient.to(port, "")) {
            http.get()
                    .uri("/api/notifications/stream")
                    .accept(MediaType.TEXT_EVENT_STREAM)
                    .exchange()
                    .expectStatus()
                    .isEqualTo(429)
                    .expectHeader()
                    .exists("Retry-After")
                    .expectHeader()
                    .contentType(MediaType.APPLICATION_PROBLEM_JSON);
            assertThat(one.hasEnded() || two.hasEnded()).isFalse();
        }
    }

    @Test
    void nobodyKeepsTheStreamOnTheWay() {
        var response = http.get()
                .uri("/api/notifications/stream")
                .exchange()
                .expectHeader()
                .valueEquals("Cache-Control", "no-store")
                .expectHeader()
                .valueEquals("X-Accel-Buffering", "no")
                .returnResult(String.class);
        response.getResponseBody().blockFirst(Duration.ofMinutes(1));
    }

    @Test
    void healthIsServed() {
        http.get().uri("/actuator/health/readiness").exchange().expectStatus().isOk();
    }

    private JsonNode page(String query) {
        byte[] body = http.get()
                .uri("/api/notifications" + query)
                .exchange()
                .expectStatus()
                .isOk()
                .expectBody()
                .returnResult()
                .getResponseBody();
        return JsonMapper.shared().readTree(body);
    }
}
