package broadsheet.article;

import static broadsheet.article.NewsroomClient.content;
import static broadsheet.testservers.PatientAwait.await;
import static org.assertj.core.api.Assertions.assertThat;

import broadsheet.events.ArticlePublished;
import broadsheet.events.Topics;
import broadsheet.testservers.TestServers;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.test.web.reactive.server.WebTestClient;

@ArticleServiceTest
class SchedulingIntegrationTests {

    private static final int ARTICLES = 10;

    private final NewsroomClient newsroom;
    private final String mongoUri;
    private String author = "";
    private String editor = "";

    SchedulingIntegrationTests(@Autowired WebTestClient http, @Value("${spring.mongodb.uri}") String mongoUri) {
        this.newsroom = new NewsroomClient(http);
        this.mongoUri = mongoUri;
    }

    @BeforeEach
    void staffAndACategory() {
        author = newsroom.newAccount("ann", "AUTHOR");
        editor = newsroom.newAccount("ed", "EDITOR");
        newsroom.category(editor, "company-news", "Company News");
    }

    @Test
    void articlesThatAreDueArePublishedInOrderAndOnceByWhicheverInstance() {
        try (var other = ServiceInstance.start(mongoUri, TestServers.bootstrapServers());
                var topic = new TopicReader(TestServers.bootstrapServers(), Topics.ARTICLES)) {
            List<String> ids = IntStream.range(0, ARTICLES)
                    .mapToObj(n -> approved("Due " + n))
                    .toList();
            Instant first = Instant.now().plusSeconds(5);
            for (int n = ARTICLES - 1; n >= 0; n--) { // the last one scheduled is due first
                schedule(n % 2 == 0 ? newsroom : other.newsroom(), ids.get(n), first.plusMillis(10L * n))
                        .expectStatus()
                        .isOk()
                        .expectBody()
                        .jsonPath("$.status")
                        .isEqualTo("scheduled")
                        .jsonPath("$.scheduledAt")
                        .isNotEmpty();
            }
            await().untilAsserted(() -> assertThat(ids)
                    .allSatisfy(id -> assertThat(newsroom.json(newsroom.get(author, "/api/articles/" + id)))
                            .containsEntry("status", "published")
                            .containsEntry("version", 5)
                            .doesNotContainKey("scheduledAt")));
            assertThat(ids.stream().map(this::publishedAt).toList()).isSorted();
            await().untilAsserted(() -> assertThat(ids)
                    .allSatisfy(id ->
                            assertThat(topic.of(id, ArticlePublished.class)).hasSize(1)));
            String admin = newsroom.token("admin");
            await().untilAsserted(() -> newsroom.get(admin, "/api/audit?actor=ed&action=article-publish&limit=100")
                    .expectStatus()
                    .isOk()
                    .expectBody()
                    .jsonPath("$.items[?(@.details.article == '" + ids.get(0) + "' && @.details.cause == 'schedule')]")
                    .isNotEmpty());
            newsroom.get(null, "/api/articles/" + ids.get(0) + "?view=false")
                    .expectStatus()
                    .isOk()
                    .expectBody()
                    .jsonPath("$.credits[?(@.role == 'Typesetting')].name")
                    .isEqualTo("The ed");
        }
    }

    @Test
    void whatIsScheduledCanWaitLongerOrNotAtAll() {
        String id = approved("Waiting");
        Instant later = Instant.now().plusSeconds(3_600);
        schedule(newsroom, id, later).expectStatus().isOk();
        schedule(newsroom, id, later.plusSeconds(60)).expectStatus().isOk();
        newsroom.get(author, "/api/schedule")
                .expectStatus()
                .isOk()
                .expectBody()
                .jsonPath("$.items[?(@.id == '" + id + "')].scheduledBy")
                .isEqualTo("ed")
                .jsonPath("$.scheduleLagSeconds")
                .isNumber();
        newsroom.move(editor, id, "unschedule")
                .expectStatus()
                .isOk()
                .expectBody()
                .jsonPath("$.status")
                .isEqualTo("approved")
                .jsonPath("$.scheduledAt")
                .doesNotExist();
        newsroom.move(editor, id, "unschedule").expectStatus().isEqualTo(409);
        schedule(newsroom, id, later).expectStatus().isOk();
        newsroom.move(editor, id, "publish")
                .expectStatus()
                .isOk()
                .expectBody()
                .jsonPath("$.status")
                .isEqualTo("published");
        schedule(newsroom, id, later).expectStatus().isEqualTo(409);
    }

    @Test
    void aChangeOfWhatIsScheduledNeedsAnotherApproval() {
        String id = approved("Changed");
        schedule(newsroom, id, Instant.now().plusSeconds(3_600)).expectStatus().isOk();
        newsroom.put(author, "/api/articles/" + id, "*", content("Smuggled in", "company-news"))
                .expectStatus()
                .isForbidden();
        newsroom.put(editor, "/api/articles/" + id, "*", content("Rewritten", "company-news"))
                .expectStatus()
                .isOk()
                .expectBody()
                .jsonPath("$.status")
                .isEqualTo("draft")
                .jsonPath("$.scheduledAt")
                .doesNotExist();
    }

    @Test
    void timesThatMakeNoSenseAreNamed() {
        String id = approved("Nonsense");
        for (String at : List.of("2020-01-01T00:00:00Z", "2999-01-01T00:00:00Z", "tomorrow")) {
            newsroom.move(editor, id, Map.of("action", "publish", "at", at), null)
                    .expectStatus()
                    .isBadRequest()
                    .expectBody()
                    .jsonPath("$.errors[0].field")
                    .isEqualTo("at");
        }
        newsroom.move(editor, id, Map.of("action", "withdraw", "at", "2999-01-01T00:00:00Z"), null)
                .expectStatus()
                .isBadRequest();
        newsroom.move(editor, id, "rewrite").expectStatus().isBadRequest();
        schedule(newsroom, author, id, Instant.now().plusSeconds(60))
                .expectStatus()
                .isForbidden();
        newsroom.get(null, "/api/schedule").expectStatus().isUnauthorized();
        newsroom.get(author, "/api/schedule?cursor=x").expectStatus().isBadRequest();
    }

    private String approved(String title) {
        String id = newsroom.draft(author, content(title, "company-news"));
        newsroom.move(author, id, "submit").expectStatus().isOk();
        newsroom.move(editor, id, "approve").expectStatus().isOk();
        return id;
    }

    private WebTestClient.ResponseSpec schedule(NewsroomClient by, String id, Instant at) {
        return schedule(by, editor, id, at);
    }

    private static WebTestClient.ResponseSpec schedule(NewsroomClient by, String token, String id, Instant at) {
        return by.move(token, id, Map.of("action", "publish", "at", at.toString()), null);
    }

    private Instant publishedAt(String id) {
        Object at = newsroom.json(newsroom.get(author, "/api/articles/" + id)).get("publishedAt");
        return Instant.parse(String.valueOf(Objects.requireNonNull(at)));
    }
}
