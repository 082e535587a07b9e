package broadsheet.article;

import static broadsheet.article.NewsroomClient.content;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.core.ParameterizedTypeReference;
import org.springframework.test.web.reactive.server.WebTestClient;

@ArticleServiceTest
class RevisionsIntegrationTests {

    private final NewsroomClient newsroom;
    private String author = "";
    private String editor = "";

    RevisionsIntegrationTests(@Autowired WebTestClient http) {
        this.newsroom = new NewsroomClient(http.mutate()
                .codecs(codecs -> codecs.defaultCodecs().maxInMemorySize(32 << 20))
                .build());
    }

    @BeforeEach
    void staffAndACategory() {
        author = newsroom.newAccount("ann", "AUTHOR");
        editor = newsroom.newAccount("ed", "EDITOR");
        newsroom.category(editor, "company-news", "Company News");
    }

    @Test
    void everySaveIsARevisionThatCanBeReadComparedAndRestored() {
        String id = newsroom.draft(author, content("First title", "company-news"));
        String article = "/api/articles/" + id;
        newsroom.put(author, article, "\"1\"", content("Second title", "company-news"))
                .expectStatus()
                .isOk();
        newsroom.move(author, id, "submit").expectStatus().isOk();
        newsroom.move(editor, id, "reject").expectStatus().isOk();
        newsroom.put(author, article, "\"4\"", content("Third title", "company-news"))
                .expectStatus()
                .isOk();

        Map<String, Object> list = newsroom.json(newsroom.get(author, article + "/revisions"));
        assertThat(items(list))
                .extracting(item -> item.get("number"), item -> item.get("title"), item -> item.get("place"))
                .containsExactly(
                        tuple(5, "Third title", "content"),
                        tuple(2, "Second title", "earlier"),
                        tuple(1, "First title", "earlier"));
        Map<String, Object> first = newsroom.json(newsroom.get(author, article + "/revisions?limit=2"));
        assertThat(items(first)).hasSize(2);
        assertThat(items(newsroom.json(
                        newsroom.get(author, article + "/revisions?limit=2&cursor=" + first.get("nextCursor")))))
                .extracting(item -> item.get("number"))
                .containsExactly(1);

        newsroom.get(author, article + "/revisions/1")
                .expectStatus()
                .isOk()
                .expectBody()
                .jsonPath("$.content.title")
                .isEqualTo("First title")
                .jsonPath("$.content.body.text")
                .isEqualTo("Some *words*.")
                .jsonPath("$.savedBy")
                .isEqualTo("ann");
        newsroom.get(author, article + "/revisions/5/difference?from=1")
                .expectStatus()
                .isOk()
                .expectBody()
                .jsonPath("$.title[0]")
                .isEqualTo(Map.of("operation", "delete", "text", "First"))
                .jsonPath("$.title[1]")
                .isEqualTo(Map.of("operation", "insert", "text", "Third"))
                .jsonPath("$.body[0].operation")
                .isEqualTo("equal");

        newsroom.post(author, article + "/revisions/1/restoration", Map.of())
                .expectStatus()
                .isEqualTo(428);
        restore(author, article, 1, "\"4\"").expectStatus().isEqualTo(412);
        restore(author, article, 1, "\"5\"")
                .expectStatus()
                .isOk()
                .expectBody()
                .jsonPath("$.title")
                .isEqualTo("First title")
                .jsonPath("$.version")
                .isEqualTo(6);
        assertThat(items(newsroom.json(newsroom.get(author, article + "/revisions"))))
                .extracting(item -> item.get("number"))
                .containsExactly(6, 5, 2, 1);
    }

    @Test
    void whatWasPublishedIsARevisionOnceItIsCorrected() {
        String id = newsroom.published(author, editor, content("As published", "company-news"));
        String article = "/api/articles/" + id;
        newsroom.put(author, article, "\"4\"", content("As corrected", "company-news"))
                .expectStatus()
                .isOk();
        assertThat(items(newsroom.json(newsroom.get(author, article + "/revisions"))))
                .extracting(item -> item.get("place"))
                .containsExactly("correction", "content");
        newsroom.move(author, id, "submit").expectStatus().isOk();
        newsroom.move(editor, id, "approve").expectStatus().isOk();
        newsroom.move(editor, id, Map.of("action", "correct", "note", "The title"), null)
                .expectStatus()
                .isOk();

        assertThat(items(newsroom.json(newsroom.get(author, article + "/revisions"))))
                .extracting(item -> item.get("title"))
                .containsExactly("As corrected", "As published");
        restore(author, article, 1, "*")
                .expectStatus()
                .isOk()
                .expectBody()
                .jsonPath("$.title")
                .isEqualTo("As corrected")
                .jsonPath("$.correction.title")
                .isEqualTo("As published")
                .jsonPath("$.correction.credits[?(@.role == 'Reviewed by')]")
                .isEmpty();
    }

    @Test
    void aTextThatComesTooLateIsKept() {
        String id = newsroom.draft(author, content("Shared", "company-news"));
        String article = "/api/articles/" + id;
        newsroom.put(editor, article, "\"1\"", content("The editor's", "company-news"))
                .expectStatus()
                .isOk();
        Map<String, Object> problem =
                Objects.requireNonNull(newsroom.put(author, article, "\"1\"", content("The author's", "company-news"))
                        .expectStatus()
                        .isEqualTo(412)
                        .expectHeader()
                        .valueEquals("ETag", "\"2\"")
                        .expectBody(new ParameterizedTypeReference<Map<String, Object>>() {})
                        .returnResult()
                        .getResponseBody());

        assertThat(problem).containsEntry("version", 2);
        String conflict = String.valueOf(problem.get("conflict"));
        newsroom.get(author, conflict)
                .expectStatus()
                .isOk()
                .expectBody()
                .jsonPath("$.content.title")
                .isEqualTo("The author's")
                .jsonPath("$.by")
                .isEqualTo("ann")
                .jsonPath("$.version")
                .isEqualTo(2);
        assertThat(items(newsroom.json(newsroom.get(author, article + "/conflicts"))))
                .hasSize(1);
        newsroom.delete(newsroom.newAccount("bob", "AUTHOR"), conflict)
                .expectStatus()
                .isForbidden();
        newsroom.delete(author, conflict).expectStatus().isNoContent();
        newsroom.get(author, conflict).expectStatus().isNotFound();
        for (int n = 0; n < 22; n++) {
            newsroom.put(author, article, "\"1\"", content("Late " + n, "company-news"))
                    .expectStatus()
                    .isEqualTo(412);
        }
        assertThat(items(newsroom.json(newsroom.get(author, article + "/conflicts"))))
                .hasSize(20)
                .first()
                .satisfies(newest -> assertThat(newest).containsEntry("title", "Late 21"));
    }

    @Test
    void aTextThatComesAfterTheNextStepIsKeptToo() {
        String id = newsroom.published(author, editor, content("Shared", "company-news"));
        String article = "/api/articles/" + id;
        newsroom.move(editor, id, "withdraw").expectStatus().isOk();
        for (String late : List.of("\"1\"", "\"2\"", "\"4\"")) {
            newsroom.put(author, article, late, content("Late " + late, "company-news"))
                    .expectStatus()
                    .isEqualTo(412);
        }
        assertThat(items(newsroom.json(newsroom.get(author, article + "/conflicts"))))
                .hasSize(3);
        newsroom.put(author, article, "\"5\"", content("In time", "company-news"))
                .expectStatus()
                .isEqualTo(409);
        String other = newsroom.newAccount("bob", "AUTHOR");
        newsroom.put(other, article, "\"1\"", content("Not asked for", "company-news"))
                .expectStatus()
                .isForbidden();

        String submitted = newsroom.draft(author, content("Submitted", "company-news"));
        newsroom.move(author, submitted, "submit").expectStatus().isOk();
        newsroom.put(author, "/api/articles/" + submitted, "\"1\"", content("Late", "company-news"))
                .expectStatus()
                .isEqualTo(412);
    }

    @Test
    void revisionsAndConflictsAreForStaffAndSayWhatIsWrong() {
        String id = newsroom.draft(author, content("Private", "company-news"));
        String article = "/api/articles/" + id;
        for (String path :
                List.of("/revisions", "/revisions/1", "/revisions/1/difference?from=1", "/conflicts", "/lock")) {
            newsroom.get(null, article + path).expectStatus().isUnauthorized();
        }
        newsroom.get(author, article + "/revisions/2").expectStatus().isNotFound();
        newsroom.get(author, article + "/revisions/one")
                .expectStatus()
                .isBadRequest()
                .expectBody()
                .jsonPath("$.errors[0].field")
                .isEqualTo("number");
        newsroom.get(author, article + "/revisions/1/difference")
                .expectStatus()
                .isBadRequest()
                .expectBody()
                .jsonPath("$.errors[0].field")
                .isEqualTo("from");
        newsroom.get(author, article + "/revisions?cursor=x").expectStatus().isBadRequest();
        newsroom.get(author, "/api/articles/nowhere/revisions").expectStatus().isNotFound();
        newsroom.get(author, article + "/conflicts/none").expectStatus().isNotFound();
        newsroom.newAccount("bob", "AUTHOR");
        restore(newsroom.token("bob"), article, 1, "*").expectStatus().isForbidden();
    }

    @Test
    void anAuthorSeesWhoIsEditing() {
        String id = newsroom.draft(author, content("Locked", "company-news"));
        String lock = "/api/articles/" + id + "/lock";
        newsroom.get(author, lock).expectStatus().isNotFound();
        Map<String, Object> taken = newsroom.json(newsroom.put(author, lock, null, Map.of()));
        assertThat(taken).containsEntry("by", "ann").containsEntry("displayName", "The ann");
        assertThat(newsroom.json(newsroom.put(author, lock, null, Map.of())))
                .containsEntry("since", taken.get("since"));

        newsroom.put(editor, lock, null, Map.of())
                .expectStatus()
                .isEqualTo(409)
                .expectBody()
                .jsonPath("$.detail")
                .isEqualTo("The ann is editing article " + id)
                .jsonPath("$.lock.by")
                .isEqualTo("ann");
        newsroom.delete(editor, lock).expectStatus().isNoContent();
        assertThat(newsroom.json(newsroom.get(editor, lock))).containsEntry("by", "ann");
        assertThat(newsroom.json(newsroom.put(editor, lock + "?takeOver=true", null, Map.of())))
                .containsEntry("by", "ed");
        newsroom.put(author, "/api/articles/" + id, "\"1\"", content("Saved all the same", "company-news"))
                .expectStatus()
                .isOk();
        newsroom.delete(editor, lock).expectStatus().isNoContent();
        newsroom.get(author, lock).expectStatus().isNotFound();
    }

    @Test
    void stepsBeyondAHundredAreKeptApart() {
        String id = newsroom.draft(author, new HashMap<>(content("Back and forth", "company-news")));
        for (int n = 0; n < 60; n++) {
            newsroom.move(author, id, "submit").expectStatus().isOk();
            newsroom.move(editor, id, "reject").expectStatus().isOk();
        }
        String transitions = "/api/articles/" + id + "/transitions?limit=100";
        Map<String, Object> first = newsroom.json(newsroom.get(author, transitions));
        Map<String, Object> second =
                newsroom.json(newsroom.get(author, transitions + "&cursor=" + first.get("nextCursor")));

        assertThat(items(first))
                .hasSize(100)
                .first()
                .satisfies(step -> assertThat(step)
                        .containsEntry("version", 2)
                        .containsEntry("from", "draft")
                        .containsEntry("to", "in_review"));
        assertThat(items(second))
                .hasSize(20)
                .last()
                .satisfies(step -> assertThat(step).containsEntry("version", 121));
        assertThat(second.get("nextCursor")).isNull();
    }

    @Test
    void theLongestArticleHasRoomForItsCorrection() {
        String longest = "<p>" + "&".repeat(599_000) + "</p>";
        Map<String, Object> content = new HashMap<>(content("Long", "company-news"));
        content.put("body", Map.of("format", "html", "text", longest));
        String id = newsroom.published(author, editor, content);
        newsroom.put(author, "/api/articles/" + id, "*", content).expectStatus().isOk();
        newsroom.put(author, "/api/articles/" + id, "*", content).expectStatus().isOk();
        content.put("body", Map.of("format", "html", "text", "&".repeat(700_000)));
        newsroom.put(author, "/api/articles/" + id, "*", content)
                .expectStatus()
                .isBadRequest()
                .expectBody()
                .jsonPath("$.errors[0].field")
                .isEqualTo("body.text");
    }

    private WebTestClient.ResponseSpec restore(String token, String article, int number, String ifMatch) {
        return newsroom.post(token, article + "/revisions/" + number + "/restoration", ifMatch, Map.of());
    }

    @SuppressWarnings("unchecked")
    private static List<Map<String, Object>> items(Map<String, Object> page) {
        return (List<Map<String, Object>>) Objects.requireNonNull(page.get("items"));
    }
}
