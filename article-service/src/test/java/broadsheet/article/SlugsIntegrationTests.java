package broadsheet.article;

import static broadsheet.article.NewsroomClient.content;
import static broadsheet.testservers.PatientAwait.await;
import static org.assertj.core.api.Assertions.assertThat;
import static org.springframework.data.mongodb.core.query.Criteria.where;
import static org.springframework.data.mongodb.core.query.Query.query;

import broadsheet.events.ArticleSnapshot;
import broadsheet.events.ArticleUpdated;
import broadsheet.events.Envelope;
import broadsheet.events.EventCodec;
import broadsheet.events.Topics;
import broadsheet.kafka.WholeTopicListener;
import broadsheet.testservers.TestServers;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.record.TimestampType;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.data.mongodb.core.ReactiveMongoTemplate;
import org.springframework.data.mongodb.core.query.Update;
import org.springframework.test.web.reactive.server.WebTestClient;

@ArticleServiceTest
class SlugsIntegrationTests {

    private final NewsroomClient newsroom;
    private final ReactiveMongoTemplate mongo;
    private final WholeTopicListener elsewhere;
    private String author = "";
    private String editor = "";

    SlugsIntegrationTests(
            @Autowired WebTestClient http,
            @Autowired ReactiveMongoTemplate mongo,
            @Autowired @Qualifier("broadsheet.article.store.ChangesElsewhereListener") WholeTopicListener elsewhere) {
        this.newsroom = new NewsroomClient(http);
        this.mongo = mongo;
        this.elsewhere = elsewhere;
    }

    @BeforeEach
    void staffAndACategory() {
        author = newsroom.newAccount("ann", "AUTHOR");
        editor = newsroom.newAccount("ed", "EDITOR");
        newsroom.category(editor, "company-news", "Company News");
        newsroom.category(editor, "other-news", "Other News");
    }

    @Test
    void everyEarlierAddressLeadsToTheNewestInOneStep() {
        String id = newsroom.published(author, editor, slugged("one-slug"));
        redirects("/news/other-news/one-slug", "/news/company-news/one-slug");
        rename(editor, id, "another-slug").expectStatus().isOk();
        rename(editor, id, "a-third-slug").expectStatus().isOk();

        for (String earlier : List.of("one-slug", "another-slug")) {
            redirects("/news/company-news/" + earlier, "/news/company-news/a-third-slug");
            redirects("/news/other-news/" + earlier, "/news/company-news/a-third-slug");
            newsroom.get(null, "/api/articles/slug/" + earlier + "?view=false")
                    .expectStatus()
                    .isOk()
                    .expectBody()
                    .jsonPath("$.slug")
                    .isEqualTo("a-third-slug");
        }
        newsroom.get(null, "/news/company-news/a-third-slug").expectStatus().isOk();
        rename(editor, id, "one-slug").expectStatus().isOk();
        newsroom.get(null, "/news/company-news/one-slug").expectStatus().isOk();
        redirects("/news/company-news/a-third-slug", "/news/company-news/one-slug");
        try (var topic = new TopicReader(TestServers.bootstrapServers(), Topics.ARTICLES)) {
            await().untilAsserted(() -> assertThat(topic.of(id, ArticleUpdated.class))
                    .extracting(update ->
                            ((ArticleUpdated) update.event()).article().slug())
                    .contains("another-slug", "a-third-slug"));
        }
    }

    @Test
    void anAddressThatAnotherInstanceChangedIsForgottenWithTheArticle() {
        String id = newsroom.published(author, editor, slugged("known-here"));
        newsroom.get(null, "/news/company-news/known-here").expectStatus().isOk();
        mongo.updateFirst(
                        query(where("_id").is(id)),
                        new Update()
                                .set("slug", "changed-there")
                                .set("earlierSlugs", List.of("known-here"))
                                .set("addresses", List.of("changed-there", "known-here"))
                                .set("version", 5L)
                                .set("publicVersion", 5L),
                        "articles")
                .block();
        newsroom.get(null, "/news/company-news/known-here").expectStatus().isOk(); // and remembered

        elsewhere.onRecord(updated(id, "changed-there", 5));
        redirects("/news/company-news/known-here", "/news/company-news/changed-there");
    }

    private static ConsumerRecord<String, byte[]> updated(String id, String slug, long version) {
        Instant now = Instant.now();
        var article = new ArticleSnapshot(
                id,
                version,
                ArticleSnapshot.Status.PUBLISHED,
                slug,
                "/news/company-news/" + slug,
                "Title",
                null,
                null,
                new ArticleSnapshot.Section("company-news", "Company News"),
                List.of(),
                List.of(),
                List.of(),
                null,
                null,
                now,
                now);
        var sent = EventCodec.encode(Envelope.of("/article-service", now, new ArticleUpdated(article)))
                .toRecord();
        return new ConsumerRecord<>(
                sent.topic(),
                0,
                0,
                now.toEpochMilli(),
                TimestampType.CREATE_TIME,
                -1,
                -1,
                sent.key(),
                sent.value(),
                sent.headers(),
                Optional.empty());
    }

    @Test
    void nobodyElseGetsASlugThatLeadsToAnArticle() {
        String id = newsroom.published(author, editor, slugged("well-known"));
        rename(editor, id, "better-known").expectStatus().isOk();
        newsroom.post(author, "/api/articles", slugged("well-known"))
                .expectStatus()
                .isEqualTo(409);
        String other = newsroom.draft(author, slugged("someone-else"));
        rename(editor, other, "well-known")
                .expectStatus()
                .isEqualTo(409)
                .expectBody()
                .jsonPath("$.errors[0].field")
                .isEqualTo("slug");
        newsroom.put(author, "/api/articles/" + other, "*", slugged("better-known"))
                .expectStatus()
                .isEqualTo(409);
        assertThat(newsroom.json(newsroom.post(author, "/api/articles", content("Well known", "company-news")))
                        .get("slug"))
                .isEqualTo("well-known-2");
    }

    @Test
    void theSlugOfADraftIsFreeAgainOnceItHasAnother() {
        String id = newsroom.draft(author, slugged("for-now"));
        newsroom.put(author, "/api/articles/" + id, "*", slugged("for-good"))
                .expectStatus()
                .isOk()
                .expectBody()
                .jsonPath("$.slug")
                .isEqualTo("for-good");
        newsroom.draft(author, slugged("for-now"));
    }

    @Test
    void aNewSlugNeedsNoNewApproval() {
        String id = newsroom.draft(author, slugged("approved-slug"));
        newsroom.move(author, id, "submit").expectStatus().isOk();
        newsroom.move(editor, id, "approve").expectStatus().isOk();
        rename(author, id, "the-authors").expectStatus().isForbidden();
        rename(editor, id, "the-editors").expectStatus().isOk();
        newsroom.move(editor, id, "publish").expectStatus().isOk();
        newsroom.get(null, "/news/company-news/approved-slug").expectStatus().isNotFound();
        newsroom.get(null, "/news/company-news/the-editors").expectStatus().isOk();
    }

    @Test
    void aSlugThatIsNoneIsNamed() {
        String id = newsroom.published(author, editor, slugged("a-good-slug"));
        for (Object slug : List.of("Not A Slug", "-", "", "x".repeat(81), 5, Map.of("$ne", ""))) {
            newsroom.put(editor, "/api/articles/" + id + "/slug", "*", Map.of("slug", slug))
                    .expectStatus()
                    .isBadRequest()
                    .expectBody()
                    .jsonPath("$.errors[0].field")
                    .isEqualTo("slug");
        }
        newsroom.put(editor, "/api/articles/" + id + "/slug", null, Map.of("slug", "fine"))
                .expectStatus()
                .isEqualTo(428);
        newsroom.put(editor, "/api/articles/" + id, "*", slugged("by-a-correction"))
                .expectStatus()
                .isBadRequest();
        newsroom.put(editor, "/api/articles/nowhere/slug", "*", Map.of("slug", "fine"))
                .expectStatus()
                .isNotFound();
    }

    @Test
    void aWithdrawnArticleSaysThatItIsGoneAndWhy() {
        String id = newsroom.published(author, editor, slugged("to-be-gone"));
        rename(editor, id, "soon-gone").expectStatus().isOk();
        newsroom.move(editor, id, Map.of("action", "withdraw", "note", "It was not true"), null)
                .expectStatus()
                .isOk();
        for (String path : List.of(id, "slug/to-be-gone", "slug/soon-gone")) {
            newsroom.get(null, "/api/articles/" + path)
                    .expectStatus()
                    .isEqualTo(410)
                    .expectBody()
                    .jsonPath("$.reason")
                    .isEqualTo("It was not true")
                    .jsonPath("$.withdrawnAt")
                    .isNotEmpty()
                    .jsonPath("$.title")
                    .isEqualTo("Gone");
        }
        newsroom.get(null, "/news/company-news/to-be-gone").expectStatus().isEqualTo(410);
        newsroom.post(null, "/api/articles/" + id + "/views", Map.of())
                .expectStatus()
                .isNotFound();
        rename(editor, id, "back-again").expectStatus().isEqualTo(409);
    }

    private static Map<String, Object> slugged(String slug) {
        Map<String, Object> content = new HashMap<>(content("About " + slug, "company-news"));
        content.put("slug", slug);
        return content;
    }

    private WebTestClient.ResponseSpec rename(String token, String id, String slug) {
        return newsroom.put(token, "/api/articles/" + id + "/slug", "*", Map.of("slug", slug));
    }

    private void redirects(String from, String to) {
        newsroom.get(null, from).expectStatus().isEqualTo(301).expectHeader().valueEquals("Location", to);
    }
}
