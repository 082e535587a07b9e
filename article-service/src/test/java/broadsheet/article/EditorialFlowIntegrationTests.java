package broadsheet.article;

import static broadsheet.article.NewsroomClient.content;
import static broadsheet.testservers.PatientAwait.await;
import static org.assertj.core.api.Assertions.assertThat;
import static org.springframework.data.mongodb.core.query.Criteria.where;
import static org.springframework.data.mongodb.core.query.Query.query;

import broadsheet.events.ArticleCorrected;
import broadsheet.events.ArticlePublished;
import broadsheet.events.ArticleUpdated;
import broadsheet.events.ArticleWithdrawn;
import broadsheet.events.Topics;
import broadsheet.testservers.TestServers;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.data.mongodb.core.ReactiveMongoTemplate;
import org.springframework.data.mongodb.core.query.Update;
import org.springframework.test.web.reactive.server.WebTestClient;

@ArticleServiceTest
class EditorialFlowIntegrationTests {

    private final NewsroomClient newsroom;
    private String author = "";
    private String editor = "";

    EditorialFlowIntegrationTests(@Autowired WebTestClient http) {
        this.newsroom = new NewsroomClient(http);
    }

    @BeforeEach
    void staffAndACategory() {
        author = newsroom.newAccount("ann", "AUTHOR");
        editor = newsroom.newAccount("ed", "EDITOR");
        newsroom.category(editor, "company-news", "Company News");
    }

    @Test
    void anArticleGoesFromDraftToThePageAndIsWithdrawn() {
        String id = newsroom.draft(author, content("First steps", "company-news"));
        newsroom.get(null, "/api/articles/" + id).expectStatus().isNotFound();
        newsroom.move(author, id, "submit").expectStatus().isOk();
        newsroom.move(editor, id, "approve").expectStatus().isOk();
        newsroom.move(editor, id, "publish")
                .expectStatus()
                .isOk()
                .expectHeader()
                .valueEquals("ETag", "\"4\"")
                .expectBody()
                .jsonPath("$.status")
                .isEqualTo("published")
                .jsonPath("$.credits[0]")
                .isEqualTo(Map.of("role", "Copy", "name", "The ann"))
                .jsonPath("$.credits[?(@.role == 'Reviewed by')].name")
                .isEqualTo("The ed");

        newsroom.get(null, "/api/articles/slug/first-steps?view=false")
                .expectStatus()
                .isOk()
                .expectBody()
                .jsonPath("$.body.html")
                .isEqualTo("<p>Some <em>words</em>.</p>\n")
                .jsonPath("$.url")
                .isEqualTo("/news/company-news/first-steps");
        newsroom.get(null, "/news/company-news/first-steps")
                .expectStatus()
                .isOk()
                .expectBody(String.class)
                .value(page -> assertThat(page).contains("Company News", "Hits:", "First steps", "Reviewed by"));

        newsroom.move(editor, id, "withdraw").expectStatus().isOk();
        newsroom.get(null, "/api/articles/" + id).expectStatus().isEqualTo(410);
        newsroom.get(null, "/news/company-news/first-steps").expectStatus().isEqualTo(410);
    }

    @Test
    void whatAWithdrawalSendsHoldsNothingThatWasWritten() {
        Map<String, Object> content = new HashMap<>(content("A regretted headline", "company-news"));
        content.put("summary", "A regretted summary");
        content.put("slug", "plain-slug");
        String id = newsroom.draft(author, content);
        newsroom.move(author, id, "submit").expectStatus().isOk();
        newsroom.move(editor, id, "approve").expectStatus().isOk();
        newsroom.move(editor, id, "publish").expectStatus().isOk();
        newsroom.move(editor, id, "withdraw").expectStatus().isOk();
        try (var topic = new TopicReader(TestServers.bootstrapServers(), Topics.ARTICLES)) {
            await().untilAsserted(() ->
                    assertThat(topic.of(id, ArticleWithdrawn.class)).hasSize(1));
            var event = topic.of(id, ArticleWithdrawn.class).get(0).event();
            assertThat(event.toString()).contains("plain-slug").doesNotContain("regretted");
        }
    }

    @Test
    void aCategoryThatIsMadeAgainHasNoVersionThatItHadBefore() {
        for (int made = 0; made < 3; made++) {
            newsroom.category(editor, "again", "Again");
            newsroom.put(editor, "/api/categories/again", "*", Map.of("name", "Renamed", "position", 0))
                    .expectStatus()
                    .isOk();
            Object version =
                    newsroom.json(newsroom.get(null, "/api/categories/again")).get("version");
            assertThat(version).isEqualTo(2 + made * 2);
            newsroom.delete(editor, "/api/categories/again").expectStatus().isNoContent();
        }
        newsroom.category(editor, "again", "Again");
        newsroom.put(editor, "/api/categories/again", "\"1\"", Map.of("name", "Stale", "position", 0))
                .expectStatus()
                .isEqualTo(412);
    }

    @Test
    void categoriesFormNoCircle() {
        newsroom.category(editor, "grandparent", "Grandparent");
        newsroom.category(editor, "child", "Child");
        newsroom.put(
                        editor,
                        "/api/categories/child",
                        "\"1\"",
                        Map.of("name", "Child", "parent", "grandparent", "position", 0))
                .expectStatus()
                .isOk();
        newsroom.put(
                        editor,
                        "/api/categories/grandparent",
                        "*",
                        Map.of("name", "Grandparent", "parent", "child", "position", 0))
                .expectStatus()
                .isBadRequest()
                .expectBody()
                .jsonPath("$.errors[0].field")
                .isEqualTo("parent");
    }

    @Test
    void nobodyReviewsTheirOwnArticle() {
        String id = newsroom.draft(editor, content("My own", "company-news"));
        newsroom.move(editor, id, "submit").expectStatus().isOk();
        newsroom.move(editor, id, "approve").expectStatus().isForbidden();
    }

    @Test
    void whoApprovesNamesTheVersionTheyRead() {
        String reviewer = newsroom.newAccount("reviewer", "EDITOR");
        String id = newsroom.draft(editor, content("Read by the reviewer", "company-news"));
        newsroom.move(editor, id, "submit").expectStatus().isOk(); // version 2, which the reviewer reads
        newsroom.put(editor, "/api/articles/" + id, "\"2\"", content("Never read by them", "company-news"))
                .expectStatus()
                .isOk();
        newsroom.move(editor, id, "submit").expectStatus().isOk();

        newsroom.move(reviewer, id, "approve", null).expectStatus().isEqualTo(428);
        newsroom.move(reviewer, id, "approve", "\"2\"").expectStatus().isEqualTo(412);
    }

    @Test
    void aListOfNoStateShowsReadersWhatIsPublished() {
        newsroom.category(editor, "no-state", "No state");
        newsroom.draft(author, content("A secret draft", "no-state"));
        for (String status : List.of("status=", "status", "status=&status=")) {
            newsroom.get(null, "/api/articles?category=no-state&" + status)
                    .expectBody(String.class)
                    .value(answer -> assertThat(answer).doesNotContain("A secret draft"));
        }
    }

    @Test
    void aRejectedArticleIsADraftAgainWithItsNote() {
        String id = newsroom.draft(author, content("Too early", "company-news"));
        newsroom.move(author, id, "submit");
        newsroom.post(
                        editor,
                        "/api/articles/" + id + "/transitions",
                        Map.of("action", "reject", "note", "Names a source"))
                .expectBody()
                .jsonPath("$.status")
                .isEqualTo("draft");
        newsroom.get(author, "/api/articles/" + id + "/transitions")
                .expectBody()
                .jsonPath("$.items[1].note")
                .isEqualTo("Names a source");
    }

    @Test
    void aTransitionThatTheStateForbidsIsAConflict() {
        String id = newsroom.draft(author, content("Not yet", "company-news"));
        newsroom.move(editor, id, "publish")
                .expectStatus()
                .isEqualTo(409)
                .expectBody()
                .jsonPath("$.detail")
                .isEqualTo("Article " + id + " is draft and cannot be published");
    }

    @Test
    void aRewriteNeedsTheVersionItStartsFrom() {
        String id = newsroom.draft(author, content("Versions", "company-news"));
        Map<String, Object> better = content("Better versions", "company-news");
        newsroom.put(author, "/api/articles/" + id, null, better).expectStatus().isEqualTo(428);
        newsroom.put(author, "/api/articles/" + id, "\"7\"", better)
                .expectStatus()
                .isEqualTo(412);
        newsroom.put(author, "/api/articles/" + id, "W/\"1\"", better)
                .expectStatus()
                .isEqualTo(412);
        newsroom.put(author, "/api/articles/" + id, "\"1\"", better)
                .expectStatus()
                .isOk()
                .expectHeader()
                .valueEquals("ETag", "\"2\"");
    }

    @Test
    void equalTitlesGetDifferentSlugsInAnyLanguage() {
        String one = newsroom.draft(author, content("加强交流 共同发展", "company-news"));
        String two = newsroom.draft(author, content("加强交流 共同发展", "company-news"));
        assertThat(newsroom.json(newsroom.get(author, "/api/articles/" + one)).get("slug"))
                .isEqualTo("jia-qiang-jiao-liu-gong-tong-fa-zhan");
        assertThat(newsroom.json(newsroom.get(author, "/api/articles/" + two)).get("slug"))
                .isEqualTo("jia-qiang-jiao-liu-gong-tong-fa-zhan-2");
    }

    @Test
    void scriptsNeverReachAReader() {
        var content = new HashMap<>(content("Safe", "company-news"));
        content.put(
                "body",
                Map.of(
                        "format",
                        "markdown",
                        "text",
                        "<script>alert(1)</script>\n\n[x](javascript:alert(2)) <img src=x onerror=alert(3)> fine"));
        String id = newsroom.published(author, editor, content);
        newsroom.get(null, "/api/articles/" + id + "?view=false")
                .expectBody(String.class)
                .value(json -> assertThat(json).contains("fine").doesNotContain("alert", "javascript", "onerror"));
    }

    @Test
    void listsGoOnFromTheirCursor() {
        for (int n = 0; n < 3; n++) {
            newsroom.category(editor, "cursor", "Cursor");
            newsroom.published(author, editor, content("Page " + n, "cursor"));
        }
        Map<String, Object> first = newsroom.json(newsroom.get(null, "/api/articles?category=cursor&limit=2"));
        assertThat((List<?>) first.get("items")).hasSize(2);
        Map<String, Object> second = newsroom.json(
                newsroom.get(null, "/api/articles?category=cursor&limit=2&cursor=" + first.get("nextCursor")));
        assertThat((List<?>) second.get("items")).hasSize(1);
        assertThat(second.get("nextCursor")).isNull();
    }

    @Test
    void whoeverChangesASubmittedArticleCannotPublishItAlone() {
        String id = newsroom.draft(author, content("Four eyes", "company-news"));
        newsroom.move(author, id, "submit").expectStatus().isOk();
        newsroom.move(editor, id, "approve").expectStatus().isOk();
        newsroom.put(editor, "/api/articles/" + id, "\"3\"", content("Two eyes", "company-news"))
                .expectStatus()
                .isOk()
                .expectBody()
                .jsonPath("$.status")
                .isEqualTo("draft");
        newsroom.move(editor, id, "publish").expectStatus().isEqualTo(409);
        newsroom.move(editor, id, "submit").expectStatus().isOk();
        newsroom.move(editor, id, "approve").expectStatus().isForbidden();
        String other = newsroom.newAccount("edna", "EDITOR");
        newsroom.move(other, id, "approve").expectStatus().isOk();
        newsroom.move(editor, id, "publish").expectStatus().isOk();
    }

    @Test
    void readersSeeThePublishedTextUntilAReviewedCorrectionReplacesIt() {
        String id = newsroom.published(author, editor, content("Right and wrong", "company-news"));
        String other = newsroom.newAccount("edna", "EDITOR");
        newsroom.move(editor, id, "correct").expectStatus().isBadRequest();
        newsroom.put(editor, "/api/articles/" + id, "\"4\"", content("Right", "company-news"))
                .expectStatus()
                .isOk()
                .expectBody()
                .jsonPath("$.status")
                .isEqualTo("published")
                .jsonPath("$.title")
                .isEqualTo("Right and wrong")
                .jsonPath("$.correction.status")
                .isEqualTo("draft")
                .jsonPath("$.correction.title")
                .isEqualTo("Right");
        newsroom.move(editor, id, "submit").expectStatus().isOk();
        newsroom.move(editor, id, "approve").expectStatus().isForbidden();
        newsroom.move(other, id, "approve").expectStatus().isOk();
        readersTitle(id, "Right and wrong");

        Map<String, String> noNote = Map.of("action", "correct");
        newsroom.post(other, "/api/articles/" + id + "/transitions", noNote)
                .expectStatus()
                .isBadRequest();
        newsroom.post(
                        other,
                        "/api/articles/" + id + "/transitions",
                        Map.of("action", "correct", "note", "The title was wrong."))
                .expectStatus()
                .isOk()
                .expectBody()
                .jsonPath("$.status")
                .isEqualTo("corrected")
                .jsonPath("$.correctionNote")
                .isEqualTo("The title was wrong.")
                .jsonPath("$.correctedAt")
                .isNotEmpty()
                .jsonPath("$.correction")
                .doesNotExist();
        readersTitle(id, "Right");
        correctionTold(id, "The title was wrong.");

        newsroom.get(editor, "/api/articles/" + id)
                .expectBody()
                .jsonPath("$.correction")
                .doesNotExist();
        newsroom.post(other, "/api/articles/" + id + "/transitions", Map.of("action", "correct", "note", "Once more."))
                .expectStatus()
                .isEqualTo(409);
    }

    @Test
    void theListOfWhatWaitsForReviewHasCorrectionsTooAndReadersNeverSeeThem() {
        newsroom.category(editor, "waiting", "Waiting");
        String id = newsroom.published(author, editor, content("Old headline", "waiting"));
        newsroom.put(editor, "/api/articles/" + id, "\"4\"", content("New headline", "waiting"));
        newsroom.get(editor, "/api/articles?category=waiting&status=in_review")
                .expectBody()
                .jsonPath("$.items")
                .isEmpty();
        newsroom.move(editor, id, "submit").expectStatus().isOk();

        newsroom.get(editor, "/api/articles?category=waiting&status=in_review")
                .expectStatus()
                .isOk()
                .expectBody()
                .jsonPath("$.items.length()")
                .isEqualTo(1)
                .jsonPath("$.items[0].status")
                .isEqualTo("published")
                .jsonPath("$.items[0].title")
                .isEqualTo("Old headline")
                .jsonPath("$.items[0].correction.status")
                .isEqualTo("in_review")
                .jsonPath("$.items[0].correction.title")
                .isEqualTo("New headline")
                .jsonPath("$.items[0].correction.body")
                .doesNotExist();
        newsroom.get(null, "/api/articles?category=waiting")
                .expectBody(String.class)
                .value(list ->
                        assertThat(list).contains("Old headline").doesNotContain("New headline", "correction\""));
    }

    @Test
    void aCategoryThatACorrectionMovesToIsRenamedInItAndStaysWhileItIsThere() {
        newsroom.category(editor, "moved-from", "From");
        newsroom.category(editor, "moved-to", "To");
        String id = newsroom.published(author, editor, content("Moving", "moved-from"));
        newsroom.put(editor, "/api/articles/" + id, "\"4\"", content("Moving", "moved-to"))
                .expectStatus()
                .isOk();
        newsroom.put(editor, "/api/categories/moved-to", "*", Map.of("name", "Renamed", "position", 0))
                .expectStatus()
                .isOk();
        newsroom.get(editor, "/api/articles/" + id)
                .expectBody()
                .jsonPath("$.category.name")
                .isEqualTo("From")
                .jsonPath("$.correction.category.name")
                .isEqualTo("Renamed");
        newsroom.delete(editor, "/api/categories/moved-to").expectStatus().isEqualTo(409);
    }

    private static void correctionTold(String id, String note) {
        try (var topic = new TopicReader(TestServers.bootstrapServers(), Topics.ARTICLES)) {
            await().untilAsserted(() -> assertThat(topic.of(id, ArticleCorrected.class))
                    .extracting(event -> ((ArticleCorrected) event.event()).note())
                    .containsExactly(note));
        }
    }

    private void readersTitle(String id, String title) {
        newsroom.get(null, "/api/articles/" + id + "?view=false")
                .expectStatus()
                .isOk()
                .expectBody()
                .jsonPath("$.title")
                .isEqualTo(title)
                .jsonPath("$.correction")
                .doesNotExist();
    }

    @Test
    void theEntityTagOfStaffsAnswerIsNotThatOfReaders() {
        String id = newsroom.published(author, editor, content("Two variants", "company-news"));
        newsroom.get(editor, "/api/articles/" + id).expectHeader().valueEquals("ETag", "\"4\"");
        newsroom.get(null, "/api/articles/" + id + "?view=false").expectHeader().valueEquals("ETag", "W/\"4-public\"");
        newsroom.put(editor, "/api/articles/" + id, "\"4\"", content("Two variants", "company-news"))
                .expectStatus()
                .isOk();
    }

    @Test
    void whileACorrectionIsWrittenEventsSayWhatReadersSee() {
        String id = newsroom.published(author, editor, content("As it was", "company-news"));
        newsroom.put(author, "/api/articles/" + id, "\"4\"", content("As it will be", "company-news"))
                .expectStatus()
                .isOk()
                .expectHeader()
                .valueEquals("ETag", "\"5\"");
        try (var topic = new TopicReader(TestServers.bootstrapServers(), Topics.ARTICLES)) {
            await().untilAsserted(() ->
                    assertThat(topic.of(id, ArticleUpdated.class)).hasSize(3)); // submitted, approved, rewritten
            var published = (ArticlePublished)
                    topic.of(id, ArticlePublished.class).get(0).event();
            var updated =
                    (ArticleUpdated) topic.of(id, ArticleUpdated.class).get(2).event();
            assertThat(updated.article()).isEqualTo(published.article());
        }
    }

    @Test
    void anArticleOfAnEarlierReleaseKeepsItsVersionForReaders(@Autowired ReactiveMongoTemplate mongo) {
        String id = newsroom.published(author, editor, content("Published before", "company-news"));
        mongo.updateFirst(query(where("_id").is(id)), new Update().unset("publicVersion"), "articles")
                .block();
        for (String version : List.of("\"4\"", "\"5\"")) {
            newsroom.get(null, "/api/articles/" + id + "?view=false")
                    .expectHeader()
                    .valueEquals("ETag", "W/\"4-public\"");
            newsroom.put(author, "/api/articles/" + id, version, content("Corrected since", "company-news"))
                    .expectStatus()
                    .isOk();
        }
        newsroom.get(null, "/api/articles/" + id + "?view=false").expectHeader().valueEquals("ETag", "W/\"4-public\"");
    }

    @Test
    void listsAreNarrowedByTheAuthorsPublicNameAndNotByLogin() {
        newsroom.published(author, editor, content("By ann", "company-news"));
        newsroom.get(null, "/api/articles?author=ann")
                .expectBody()
                .jsonPath("$.items")
                .isEmpty();
        newsroom.get(null, "/api/articles?author=The ann&limit=1")
                .expectBody()
                .jsonPath("$.items.length()")
                .isEqualTo(1)
                .jsonPath("$.items[0].authors[0]")
                .isEqualTo("The ann");
    }
}
