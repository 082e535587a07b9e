package broadsheet.article;

import static broadsheet.testservers.PatientAwait.await;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import broadsheet.events.ArticleCreated;
import broadsheet.events.ArticlePublished;
import broadsheet.events.ArticleWithdrawn;
import broadsheet.events.Topics;
import broadsheet.testservers.TestServers;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.http.MediaType;
import org.springframework.test.web.reactive.server.WebTestClient;

@ArticleServiceTest
class ImportsIntegrationTests {

    private final WebTestClient http;
    private final NewsroomClient newsroom;
    private ImportsClient imports;

    ImportsIntegrationTests(@Autowired WebTestClient http) {
        this.http = http;
        this.newsroom = new NewsroomClient(http);
        this.imports = new ImportsClient(http, "");
    }

    @BeforeEach
    void anEditor() {
        imports = new ImportsClient(http, newsroom.newAccount("ed", "EDITOR"));
        newsroom.category(imports.token(), "archive", "The archive");
    }

    @Test
    void articlesComeAsTheyWereAndNobodyIsTold() {
        String one = UUID.randomUUID().toString();
        String two = UUID.randomUUID().toString();
        Map<String, Object> job = imports.imported(
                "",
                "{\"kind\":\"category\",\"slug\":\"archive\",\"name\":\"Another name, which does not count\"}",
                published(one, "old-news-" + one, "Old news"),
                "{\"id\":\"" + two + "\",\"title\":\"Begun\",\"body\":{\"format\":\"html\",\"text\":\"<p>x</p>"
                        + "<script>y</script>\"},\"author\":{\"username\":\"ann\",\"displayName\":\"Ann\"}}",
                "{\"title\":\"\"}",
                "no JSON");
        assertThat(job)
                .containsEntry("state", "done")
                .containsEntry("total", 4)
                .containsEntry("done", 4)
                .containsEntry("created", 2)
                .containsEntry("refusedCount", 2)
                .containsEntry(
                        "refused",
                        List.of(
                                Map.of("item", "line 4", "why", "title is missing"),
                                Map.of("item", "line 5", "why", "body is not well-formed JSON (line 1, column 1)")));

        newsroom.get(null, "/api/articles/" + one + "?view=false")
                .expectStatus()
                .isOk()
                .expectBody()
                .jsonPath("$.publishedAt")
                .isEqualTo("2015-01-02T03:04:05Z")
                .jsonPath("$.url")
                .isEqualTo("/news/archive/old-news-" + one)
                .jsonPath("$.category.name")
                .isEqualTo("The archive")
                .jsonPath("$.authors[0]")
                .isEqualTo("Ada Lovelace");
        newsroom.get(null, "/api/articles/" + two).expectStatus().isNotFound();
        newsroom.get(imports.token(), "/api/articles/" + two)
                .expectStatus()
                .isOk()
                .expectBody()
                .jsonPath("$.body.html")
                .isEqualTo("<p>x</p>")
                .jsonPath("$.category.slug")
                .isEqualTo("news");
        try (var topic = new TopicReader(TestServers.bootstrapServers(), Topics.ARTICLES)) {
            await().until(() -> {
                topic.events();
                return !topic.of(one, ArticlePublished.class).isEmpty()
                        && !topic.of(two, ArticleCreated.class).isEmpty();
            });
            var event = (ArticlePublished)
                    topic.of(one, ArticlePublished.class).get(0).event();
            assertThat(event.tellsNobody()).isTrue();
        }
    }

    @Test
    void importingAgainChangesWhatChangedThereAndNothingElse() {
        String same = UUID.randomUUID().toString();
        String changed = UUID.randomUUID().toString();
        String edited = UUID.randomUUID().toString();
        imports.imported(
                "",
                published(same, same, "Same"),
                published(changed, changed, "Before"),
                published(edited, edited, "X"));
        newsroom.move(imports.token(), edited, "withdraw").expectStatus().isOk();

        Map<String, Object> again = imports.imported(
                "",
                published(same, same, "Same"),
                published(changed, changed, "After"),
                published(edited, edited, "Y"),
                published(changed, changed, "At last"));
        assertThat(again)
                .containsEntry("unchanged", 1)
                .containsEntry("updated", 2)
                .containsEntry("created", 0)
                .containsEntry(
                        "refused",
                        List.of(Map.of(
                                "item",
                                "line 3",
                                "why",
                                "was changed here since it was imported, so it stays as it is here")));
        newsroom.get(null, "/api/articles/" + changed + "?view=false")
                .expectBody()
                .jsonPath("$.title")
                .isEqualTo("At last")
                .jsonPath("$.version")
                .isEqualTo(3);
        newsroom.get(null, "/api/articles/" + edited).expectStatus().isEqualTo(410);
    }

    @Test
    void aDryRunSaysWhatWouldBecomeAndWritesNothing() {
        String id = UUID.randomUUID().toString();
        Map<String, Object> job = imports.imported("?dryRun=true", published(id, id, "Not yet"), "{}");
        assertThat(job)
                .containsEntry("dryRun", true)
                .containsEntry("created", 1)
                .containsEntry("refusedCount", 1);
        newsroom.get(imports.token(), "/api/articles/" + id).expectStatus().isNotFound();
    }

    @Test
    void aSlugThatIsTakenGetsAnEndAndANote() {
        String slug = UUID.randomUUID().toString();
        String other = UUID.randomUUID().toString();
        Map<String, Object> job = imports.imported(
                "", published(UUID.randomUUID().toString(), slug, "First"), published(other, slug, "Second"));
        assertThat(job).containsEntry("created", 2).containsEntry("notedCount", 1);
        imports.get("/api/imports/" + job.get("id") + "/notes")
                .expectBody()
                .jsonPath("$.items[0].item")
                .isEqualTo("line 2")
                .jsonPath("$.items[0].why")
                .value(String.class, why -> assertThat(why).contains(slug));
    }

    @Test
    void anEarlierSlugOfAnotherArticleStaysThatOnes() {
        String slug = UUID.randomUUID().toString();
        String other = UUID.randomUUID().toString();
        String free = "free-" + other;
        imports.imported("", published(UUID.randomUUID().toString(), slug, "First"));
        Map<String, Object> job = imports.imported(
                "",
                published(other, "own-" + other, "Second")
                        .replace("\"status\"", "\"earlierSlugs\":[\"" + slug + "\",\"" + free + "\"],\"status\""),
                published(UUID.randomUUID().toString(), free, "Third"));
        assertThat(job)
                .containsEntry("state", "done")
                .containsEntry("created", 2)
                .containsEntry("notedCount", 2);
        http.get().uri("/news/archive/" + free).exchange().expectHeader().location("/news/archive/own-" + other);

        imports.imported("", published(other, "own-" + other, "Second, changed"));
        http.get().uri("/news/archive/" + free).exchange().expectHeader().location("/news/archive/own-" + other);
    }

    @Test
    void whatIsWithdrawnThereIsWithdrawnHereForAll() {
        String id = UUID.randomUUID().toString();
        imports.imported("", published(id, id, "Was wrong"));
        assertThat(imports.imported("", published(id, id, "Was wrong").replace("\"published\"", "\"withdrawn\"")))
                .containsEntry("updated", 1);
        newsroom.get(null, "/api/articles/" + id).expectStatus().isEqualTo(410);
        try (var topic = new TopicReader(TestServers.bootstrapServers(), Topics.ARTICLES)) {
            await().until(() -> {
                topic.events();
                return !topic.of(id, ArticleWithdrawn.class).isEmpty();
            });
        }
    }

    @Test
    void aLineWhoseVersionsAndTimesCannotBeIsRefused() {
        String id = UUID.randomUUID().toString();
        String line = published(id, id, "X");
        Map<String, Object> job = imports.imported(
                "",
                with(line, "\"version\":9223372036854775807"),
                with(line, "\"version\":3,\"publicVersion\":4"),
                with(
                        line,
                        "\"version\":3,\"saved\":{\"version\":4,\"username\":\"ann\",\"at\":\"2015-01-02T03:04:05Z\"}"),
                with(line, "\"approvedVersion\":2"),
                with(line, "\"scheduledAt\":\"+100000000-01-01T00:00:00Z\""),
                with(
                        line,
                        "\"history\":[{\"action\":\"submit\",\"by\":\"ann\",\"at\":\"-100000000-01-01T00:00:00Z\"}]"),
                with(line, "\"history\":[{}]"));
        assertThat(job)
                .containsEntry("state", "done")
                .containsEntry("created", 0)
                .containsEntry("refusedCount", 7);
    }

    @Test
    void whatIsApprovedThereCanBePublishedHereWhateverVersionThatWas() {
        String id = UUID.randomUUID().toString();
        String line = with(published(id, id, "Approved"), "\"version\":3,\"approvedVersion\":2")
                .replace("\"published\"", "\"approved\"");
        assertThat(imports.imported("", line)).containsEntry("created", 1);
        newsroom.move(imports.token(), id, "publish").expectStatus().isOk();
    }

    private static String with(String line, String field) {
        return line.replace("\"status\"", field + ",\"status\"");
    }

    @Test
    void allThatWasRefusedIsReadPageByPage() {
        String[] lines = new String[250];
        Arrays.fill(lines, "{}");
        Map<String, Object> job = imports.imported("", lines);
        assertThat(job).containsEntry("refusedCount", 250);
        assertThat((List<?>) Objects.requireNonNull(job.get("refused"))).hasSize(100);
        imports.get("/api/imports/" + job.get("id") + "/refused?limit=100&cursor=199")
                .expectBody()
                .jsonPath("$.items.length()")
                .isEqualTo(50)
                .jsonPath("$.items[0].item")
                .isEqualTo("line 201")
                .jsonPath("$.nextCursor")
                .isEmpty();
    }

    @Test
    void aFileThatEndsEarlyIsImportedUpToThere() {
        Map<String, Object> job = imports.imported(
                "", ImportsClient.WXR, """
                <rss xmlns:wp="http://wordpress.org/export/1.2/" xmlns:content="c"><channel>
                <item><title>Kept</title><guid>%s</guid><content:encoded>x</content:encoded><wp:post_type>post</wp:post_type>
                <wp:status>draft</wp:status></item><item>""".formatted(UUID.randomUUID()).getBytes(UTF_8));
        assertThat(job).containsEntry("state", "failed").containsEntry("created", 1);
        assertThat((String) job.get("failure")).contains("not well-formed XML");
    }

    @Test
    void aFileThatIsSentAgainWithItsKeyIsOneImport() {
        String key = "\"" + UUID.randomUUID() + "\"";
        byte[] line = published(UUID.randomUUID().toString(), UUID.randomUUID().toString(), "Once")
                .getBytes(UTF_8);
        String first = location(key, line);
        assertThat(location(key, line)).isEqualTo(first);
        withKey(key, "{}".getBytes(UTF_8)).expectStatus().isEqualTo(422);
        assertThat(imports.ended(first.substring("/api/imports/".length()))).containsEntry("created", 1);
    }

    private String location(String key, byte[] file) {
        return Objects.requireNonNull(withKey(key, file)
                .expectStatus()
                .isAccepted()
                .expectBody()
                .returnResult()
                .getResponseHeaders()
                .getFirst("Location"));
    }

    private WebTestClient.ResponseSpec withKey(String key, byte[] file) {
        return http.post()
                .uri("/api/imports")
                .headers(headers -> headers.setBearerAuth(imports.token()))
                .header("Idempotency-Key", key)
                .contentType(ImportsClient.NDJSON)
                .bodyValue(file)
                .exchange();
    }

    @Test
    void whatIsSentWrongIsRefusedByName() {
        byte[] line = "{}".getBytes(UTF_8);
        imports.send("", MediaType.APPLICATION_JSON, line).expectStatus().isEqualTo(415);
        imports.send("", ImportsClient.NDJSON, new byte[0])
                .expectStatus()
                .isBadRequest()
                .expectBody()
                .jsonPath("$.errors[0].field")
                .isEqualTo("body");
        imports.send("?dryrun=true", ImportsClient.NDJSON, line).expectStatus().isBadRequest();
        imports.send("?dryRun=perhaps", ImportsClient.NDJSON, line)
                .expectStatus()
                .isBadRequest()
                .expectBody()
                .jsonPath("$.errors[0].field")
                .isEqualTo("dryRun");
        imports.send("?category=No%20slug", ImportsClient.NDJSON, line)
                .expectStatus()
                .isBadRequest()
                .expectBody()
                .jsonPath("$.errors[0].field")
                .isEqualTo("category");
        imports.get("/api/imports/unheard-of").expectStatus().isNotFound();
        imports.get("/api/imports/unheard-of/refused").expectStatus().isNotFound();
        String author = newsroom.newAccount("ann", "AUTHOR");
        new ImportsClient(http, author)
                .send("", ImportsClient.NDJSON, line)
                .expectStatus()
                .isForbidden();
        String ended = (String) imports.imported("", "{}").get("id");
        newsroom.delete(imports.token(), "/api/imports/" + ended).expectStatus().isEqualTo(409);
        imports.get("/api/imports/" + ended + "/notes?cursor=x").expectStatus().isBadRequest();
    }

    private static String published(String id, String slug, String title) {
        return """
                {"id":"%s","title":"%s","slug":"%s","status":"published","publishedAt":"2015-01-02T03:04:05Z",\
                "body":{"format":"markdown","text":"*Words*"},"category":"archive",\
                "author":{"username":"ada","displayName":"Ada Lovelace"}}""".formatted(id, title, slug);
    }
}
