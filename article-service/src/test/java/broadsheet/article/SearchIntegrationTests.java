package broadsheet.article;

import static broadsheet.testservers.PatientAwait.await;
import static org.assertj.core.api.Assertions.assertThat;

import broadsheet.testservers.TestServers;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.test.web.reactive.server.WebTestClient;

@ArticleServiceTest
class SearchIntegrationTests {

    /** A word and a category that no other test has. */
    private final String word =
            "w" + UUID.randomUUID().toString().replace("-", "").substring(0, 10);

    private final NewsroomClient newsroom;
    private String author = "";
    private String editor = "";

    SearchIntegrationTests(@Autowired WebTestClient http) {
        this.newsroom = new NewsroomClient(http);
    }

    @BeforeEach
    void staffAndACategory() {
        author = newsroom.newAccount("ann", "AUTHOR");
        editor = newsroom.newAccount("ed", "EDITOR");
        newsroom.category(editor, word, "Section");
        await().untilAsserted(() ->
                newsroom.get(author, "/api/articles?q=any").expectStatus().isOk());
    }

    @Test
    void eachSeesAtOnceWhatTheyMay() {
        String id = newsroom.draft(author, article("First " + word, "Some text."));
        String q = "/api/articles?q=" + word;
        assertThat(ids(author, q)).containsExactly(id);
        assertThat(ids(null, q)).isEmpty();

        publish(id);
        assertThat(ids(null, q)).containsExactly(id);

        newsroom.put(author, "/api/articles/" + id, "*", article("First", "Corrected to secret" + word))
                .expectStatus()
                .isOk();
        assertThat(ids(author, "/api/articles?q=secret" + word)).containsExactly(id);
        assertThat(ids(null, "/api/articles?q=secret" + word)).isEmpty();
        assertThat(ids(null, q)).containsExactly(id);

        newsroom.move(author, id, "submit").expectStatus().isOk();
        newsroom.move(editor, id, "approve").expectStatus().isOk();
        newsroom.move(editor, id, Map.of("action", "correct", "note", "Corrected"), null)
                .expectStatus()
                .isOk();
        assertThat(ids(null, q)).isEmpty();
        assertThat(ids(null, "/api/articles?q=secret" + word)).containsExactly(id);

        newsroom.move(editor, id, "withdraw").expectStatus().isOk();
        assertThat(ids(null, "/api/articles?q=secret" + word)).isEmpty();
        assertThat(ids(null, "/api/articles?sort=oldest&category=" + word)).isEmpty();
    }

    @Test
    void whatWasFoundIsShownMarkedAndEscaped() {
        published("<i>" + word, "One " + word + " &lt;b&gt;.");
        Map<String, Object> found = items(null, "/api/articles?q=" + word).get(0);
        assertThat(found)
                .containsEntry(
                        "highlights",
                        Map.of(
                                "title",
                                "&lt;i&gt;<mark>" + word + "</mark>",
                                "body",
                                "One <mark>" + word + "</mark> &lt;b&gt;."))
                .containsEntry("title", "<i>" + word)
                .doesNotContainKey("body");
    }

    @Test
    void listsHaveAnyFilterAndOrder() {
        String first = published("B " + word, "text");
        String second = published("A " + word, "text", "special" + word);
        String draft = newsroom.draft(author, article("C " + word, "text"));
        String list = "/api/articles?category=" + word;

        assertThat(ids(null, list + "&sort=oldest")).containsExactly(first, second);
        assertThat(ids(null, list + "&sort=newest")).containsExactly(second, first);
        assertThat(ids(null, list + "&sort=title")).containsExactly(second, first);
        assertThat(ids(null, list + "&sort=updated")).containsExactly(second, first);
        assertThat(ids(null, list + "&tag=special" + word)).containsExactly(second);
        assertThat(ids(null, list + "&author=The+ann&q=" + word)).containsExactlyInAnyOrder(first, second);
        assertThat(ids(null, list + "&author=ann")).as("a login").isEmpty();
        assertThat(ids(null, list + "&from=2020-01-01&to=2020-02-01")).isEmpty();
        assertThat(ids(null, list + "&from=2020-01-01T00:00:00Z")).containsExactly(second, first);
        assertThat(ids(author, list + "&sort=title")).containsExactly(second, first, draft);
        assertThat(ids(author, list + "&status=draft")).containsExactly(draft);
        assertThat(ids(null, list + "&status=corrected&sort=oldest")).isEmpty();
    }

    @Test
    void aListGoesOnWhereItsPageEnded() {
        String first = published("One " + word, "text");
        String second = published("Two " + word, "text");
        for (String sort : List.of("newest", "oldest", "updated", "title", "relevance")) {
            String list = "/api/articles?limit=1&q=" + word + "&sort=" + sort;
            Map<String, Object> page = newsroom.json(newsroom.get(null, list));
            List<String> rest = ids(null, list + "&cursor=" + page.get("nextCursor"));
            assertThat(rest).hasSize(1);
            assertThat(List.of(first, second)).contains(rest.get(0));
            assertThat(items(page).get(0).get("id")).isNotEqualTo(rest.get(0));
        }
    }

    @Test
    void aListHasTheFieldsThatWereAskedFor() {
        published("Title " + word, "text");
        assertThat(items(null, "/api/articles?fields=id,title&category=" + word))
                .singleElement()
                .satisfies(article -> assertThat(article).containsOnlyKeys("id", "title"));
        assertThat(items(null, "/api/articles?fields=highlights&q=" + word))
                .singleElement()
                .satisfies(article -> assertThat(article).containsOnlyKeys("highlights"));
    }

    @Test
    void readersGoOnToWhatIsRelatedAndAdjacent() {
        String first = published("One", "text", word);
        String second = published("Two", "text", word);
        String third = published("Three", "text", word);
        newsroom.draft(author, article("Draft", "text", word));

        assertThat(ids(null, "/api/articles/" + second + "/related?limit=2")).containsExactlyInAnyOrder(first, third);
        Map<String, Object> adjacent = newsroom.json(newsroom.get(null, "/api/articles/" + second + "/adjacent"));
        assertThat(adjacent).extractingByKey("previous").hasFieldOrPropertyWithValue("id", first);
        assertThat(adjacent).extractingByKey("next").hasFieldOrPropertyWithValue("id", third);
        assertThat(newsroom.json(newsroom.get(null, "/api/articles/" + third + "/adjacent")))
                .containsEntry("next", null);

        newsroom.move(editor, first, "withdraw").expectStatus().isOk();
        assertThat(ids(null, "/api/articles/" + second + "/related"))
                .startsWith(third)
                .doesNotContain(first);
        assertThat(newsroom.json(newsroom.get(null, "/api/articles/" + second + "/adjacent")))
                .containsEntry("previous", null);
    }

    @Test
    void nothingIsRelatedToWhatReadersMayNotKnow() {
        String draft = newsroom.draft(author, article("Draft", "text", word));
        for (String id : List.of(draft, "nowhere")) {
            newsroom.get(null, "/api/articles/" + id + "/related")
                    .expectStatus()
                    .isNotFound();
            newsroom.get(null, "/api/articles/" + id + "/adjacent")
                    .expectStatus()
                    .isNotFound();
        }
    }

    @ParameterizedTest
    @CsvSource({
        "q=, q",
        "q=-x, q",
        "q=***, q",
        "sort=best, sort",
        "sort=hits.desc, sort",
        "sort=relevance, sort",
        "fields=id&fields=password, fields",
        "fields=body, fields",
        "from=yesterday, from",
        "from=2026-13-01, from",
        "to=%2B999999999-01-01T00:00:00Z, to",
        "from=2026-02-01&to=2026-01-01, from",
        "sort=title&cursor=abc, cursor",
        "sort=oldest&cursor=dGl0bGUgYWIgaWQ, cursor",
        "q=x&cursor=cmVsZXZhbmNlIDIxNDMyODkzNDQgaWQ, cursor", // of a score that is no number
        "q=a&q=b, q",
        "category=x&status=draft, status"
    })
    void whatAListDoesNotTakeIsNamed(String query, String field) {
        newsroom.get(null, "/api/articles?" + query)
                .expectStatus()
                .isBadRequest()
                .expectBody()
                .jsonPath("$.errors[0].field")
                .isEqualTo(field);
    }

    @Test
    void anotherInstanceFindsItTooAndGoesOnAfterARestart(@TempDir Path folder) {
        String database = "search-" + UUID.randomUUID();
        String[] settings = {"broadsheet.search.folder=" + folder.resolve("search")};
        String q = "/api/articles?q=" + word;
        String kept;
        try (var here = ServiceInstance.start(
                        TestServers.mongoUri(database), TestServers.bootstrapServers(), settings);
                var there = ServiceInstance.start(
                        TestServers.mongoUri(database), TestServers.bootstrapServers(), settings)) {
            String ann = here.newsroom().newAccount("ann", "AUTHOR");
            String ed = here.newsroom().newAccount("ed", "EDITOR");
            here.newsroom().category(ed, word, "Section");
            String id = here.newsroom().published(ann, ed, article("Title " + word, "text"));
            assertThat(ids(here.newsroom(), null, q)).containsExactly(id);
            await().untilAsserted(
                            () -> assertThat(ids(there.newsroom(), null, q)).containsExactly(id));
            here.newsroom().move(ed, id, "withdraw").expectStatus().isOk();
            await().untilAsserted(
                            () -> assertThat(ids(there.newsroom(), null, q)).isEmpty());
            kept = here.newsroom().published(ann, ed, article("Other " + word, "text"));
        }
        try (var again =
                ServiceInstance.start(TestServers.mongoUri(database), TestServers.bootstrapServers(), settings)) {
            await().untilAsserted(
                            () -> assertThat(ids(again.newsroom(), null, q)).containsExactly(kept));
        }
    }

    private Map<String, Object> article(String title, String text, String... tags) {
        var content = new HashMap<>(NewsroomClient.content(title, word));
        content.put("body", Map.of("format", "markdown", "text", text));
        content.put("tags", List.of(tags));
        return content;
    }

    private String published(String title, String text, String... tags) {
        return newsroom.published(author, editor, article(title, text, tags));
    }

    private void publish(String id) {
        newsroom.move(author, id, "submit").expectStatus().isOk();
        newsroom.move(editor, id, "approve").expectStatus().isOk();
        newsroom.move(editor, id, "publish").expectStatus().isOk();
    }

    private List<String> ids(@Nullable String token, String path) {
        return ids(newsroom, token, path);
    }

    private static List<String> ids(NewsroomClient newsroom, @Nullable String token, String path) {
        return items(newsroom.json(newsroom.get(token, path))).stream()
                .map(article -> (String) Objects.requireNonNull(article.get("id")))
                .toList();
    }

    private List<Map<String, Object>> items(@Nullable String token, String path) {
        return items(newsroom.json(newsroom.get(token, path)));
    }

    @SuppressWarnings("unchecked")
    private static List<Map<String, Object>> items(Map<String, Object> page) {
        return (List<Map<String, Object>>) Objects.requireNonNull(page.get("items"));
    }
}
