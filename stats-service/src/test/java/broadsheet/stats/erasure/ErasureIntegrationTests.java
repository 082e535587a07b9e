package broadsheet.stats.erasure;

import static broadsheet.stats.ViewEvents.event;
import static broadsheet.stats.ViewEvents.sent;
import static broadsheet.stats.ViewEvents.view;
import static broadsheet.testservers.PatientAwait.await;
import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.springframework.data.mongodb.core.query.Criteria.where;
import static org.springframework.data.mongodb.core.query.Query.query;

import broadsheet.events.ArticleViewed;
import broadsheet.events.ArticleViewed.Agent;
import broadsheet.stats.ArticleEvents;
import broadsheet.stats.IntegrationTest;
import broadsheet.stats.NewestRecord;
import broadsheet.stats.StatsClient;
import broadsheet.stats.erased.ErasedArticles;
import broadsheet.stats.erased.ErasureProperties;
import broadsheet.stats.total.ArticleTotals;
import broadsheet.stats.total.HitsTopic;
import broadsheet.testservers.StaffTokens;
import broadsheet.web.access.StaffSessions;
import broadsheet.web.cache.SharedHttpCache;
import com.jayway.jsonpath.JsonPath;
import java.time.Instant;
import java.util.Date;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.IntStream;
import org.bson.Document;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.data.mongodb.core.ReactiveMongoTemplate;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.kafka.core.ConsumerFactory;
import org.springframework.kafka.core.KafkaTemplate;
import org.springframework.test.context.TestPropertySource;
import org.springframework.test.web.reactive.server.WebTestClient;

/** An article is erased, and with it its numbers, for good. */
@IntegrationTest
@TestPropertySource(
        properties = {
            "broadsheet.stats.views-topic=service.views",
            "broadsheet.stats.articles-topic=service.articles",
            "broadsheet.stats.hits-topic=service.hits"
        })
class ErasureIntegrationTests {

    private static final Map<String, String> LISTS =
            Map.of("stats_rankings", "articles", "stats_trending", "articles", "stats_reconciliations", "differences");

    @Autowired
    KafkaTemplate<String, byte[]> kafka;

    @Autowired
    ConsumerFactory<String, byte[]> consumers;

    @Autowired
    ReactiveMongoTemplate mongo;

    @Autowired
    ArticleTotals totals;

    @Autowired
    ErasurePasses passes;

    @Autowired
    ErasedArticles erased;

    @Autowired
    Eraser eraser;

    @Autowired
    HitsTopic hitsTopic;

    @Autowired
    SharedHttpCache answers;

    @Autowired
    ErasureProperties properties;

    @Autowired
    StaffSessions sessions;

    @LocalServerPort
    int port;

    private final String article = "article-" + UUID.randomUUID();
    private final String category = "category-" + UUID.randomUUID();
    private final ArticleEvents events = new ArticleEvents("service.articles", article, category, "A title");
    private final Instant now = Instant.now();
    private WebTestClient operator;

    @SuppressWarnings("NullAway.Init")
    ErasureIntegrationTests() {}

    @BeforeEach
    void signIn() {
        operator = StatsClient.ofAnOperator(port, sessions);
    }

    @Test
    void anErasedArticleHasNoNumbersAnywhereAndTheSumsStay() {
        kafka.send(events.published()).join();
        for (String visitor : List.of("one", "two", "three")) {
            send(view(article, visitor, now));
        }
        send(view(article, "three", now.plusSeconds(1)));
        send(view(article, "robot", Agent.BOT, now));
        importHits();
        await().untilAsserted(() -> get("/api/stats/articles/" + article)
                .jsonPath("$.hits")
                .isEqualTo(53)
                .jsonPath("$.bots")
                .isEqualTo(1)
                .jsonPath("$.complete")
                .isEqualTo(true));
        await().untilAsserted(() -> get("/api/stats/breakdown?by=category&limit=100")
                .jsonPath("$.items[?(@.key == '" + category + "')].hits")
                .isEqualTo(3));
        await().untilAsserted(() -> get("/api/stats/top?category=" + category)
                .jsonPath("$.items[0].articleId")
                .isEqualTo(article));
        storeWhatWasMadeOfIt();
        Object overview = overview();
        long together = together();

        erase().expectStatus()
                .isEqualTo(HttpStatus.CONFLICT)
                .expectBody()
                .jsonPath("$.detail")
                .isEqualTo("Readers may still see article " + article + ": withdraw it first");
        kafka.send(events.withdrawn()).join();
        await().untilAsserted(() -> erase().expectStatus()
                .isAccepted()
                .expectHeader()
                .location("/api/stats/erasures/" + article)
                .expectBody()
                .jsonPath("$.articleId")
                .isEqualTo(article)
                .jsonPath("$.requestedBy")
                .isEqualTo("ops")
                .jsonPath("$.state")
                .isEqualTo("erasing"));

        assertThatNothingIsTold();
        await().untilAsserted(() -> get("/api/stats/erasures/" + article)
                .jsonPath("$.state")
                .isEqualTo("erased")
                .jsonPath("$.erasedAt")
                .isNotEmpty());
        await().untilAsserted(
                        () -> assertThat(collectionsThatName(article)).containsExactly(ErasedArticles.COLLECTION));
        assertThat(together()).isEqualTo(together + 3);
        assertThatOthersStay();
        await().untilAsserted(() -> get("/api/stats/breakdown?by=category&limit=100")
                .jsonPath("$.items[?(@.key == '" + category + "')]")
                .doesNotExist());
        assertThat(overview()).isEqualTo(overview);
        await().untilAsserted(() -> assertThat(
                        NewestRecord.find(consumers, "service.hits", article).value())
                .isNull());
        assertThatProjectionsAgree();

        send(view(article, "late", now));
        kafka.send(events.published()).join();
        importHits()
                .jsonPath("$.refused")
                .isEqualTo(1)
                .jsonPath("$.errors[0].message")
                .isEqualTo("no article is " + article);
        await().untilAsserted(() -> assertThat(together()).isEqualTo(together + 4));
        assertThatNothingIsTold();
        await().untilAsserted(() -> assertThat(collectionsThatName(article))
                .as("what is stored, and the file that names it")
                .containsExactlyInAnyOrder(ErasedArticles.COLLECTION, "stats_imports"));
        assertThatProjectionsAgree();
        erase().expectStatus().isAccepted().expectBody().jsonPath("$.state").isEqualTo("erased");
        get("/api/stats/erasures?limit=1").jsonPath("$.items[0].articleId").isEqualTo(article);
    }

    @Test
    void twoInstancesThatEraseTheSameArticlesMoveEachCountOnce() {
        List<String> articles = IntStream.range(0, 6).mapToObj(i -> article + i).toList();
        articles.forEach(id -> open(id, "early"));
        await().untilAsserted(() -> assertThat(totals.hits(articles).block()).hasSize(articles.size()));
        long together = together();
        var other = new ErasureJob(passes, erased, eraser, hitsTopic, answers, properties);
        other.start();
        try {
            for (String id : articles) {
                erase(id).expectStatus().isAccepted();
                open(id, "late");
            }

            await().untilAsserted(() -> assertThat(together()).isEqualTo(together + 2L * articles.size()));
            for (String id : articles) {
                await().untilAsserted(() ->
                        get("/api/stats/erasures/" + id).jsonPath("$.state").isEqualTo("erased"));
            }
            await().untilAsserted(
                            () -> assertThat(collectionsThatName(article)).containsExactly(ErasedArticles.COLLECTION));
        } finally {
            other.stop();
        }

        assertThat(together()).isEqualTo(together + 2L * articles.size());
        assertThatProjectionsAgree();
    }

    @Test
    void whatNobodyKnowsCannotBeErased() {
        for (String unknown : List.of("nobody-knows", ErasedArticles.TOGETHER)) {
            operator.delete()
                    .uri("/api/stats/articles/" + unknown)
                    .exchange()
                    .expectStatus()
                    .isNotFound();
        }
        operator.get()
                .uri("/api/stats/erasures/nobody-knows")
                .exchange()
                .expectStatus()
                .isNotFound();
    }

    @Test
    void theListGoesOnWhereAPageEnds() {
        for (int i = 0; i < 3; i++) {
            mongo.insert(
                            new Document("_id", article + i)
                                    .append("requestedAt", Date.from(now.plusSeconds(3_600)))
                                    .append("erasedAt", Date.from(now)),
                            ErasedArticles.COLLECTION)
                    .block();
        }
        try {
            String page = body("/api/stats/erasures?limit=2");
            assertThat(JsonPath.<List<String>>read(page, "$.items[*].articleId"))
                    .containsExactly(article + 2, article + 1);
            String next = body("/api/stats/erasures?limit=1&cursor=" + JsonPath.read(page, "$.nextCursor"));
            assertThat(JsonPath.<List<String>>read(next, "$.items[*].articleId"))
                    .containsExactly(article + 0);
        } finally {
            mongo.remove(query(where("_id").regex("^" + article)), ErasedArticles.COLLECTION)
                    .block();
        }
    }

    @ParameterizedTest
    @CsvSource({"limit=0, limit", "cursor=nonsense, cursor", "cursor=MTIz, cursor", "curser=1, curser"})
    void aListThatIsAskedForWronglyNamesWhatIsWrong(String query, String field) {
        operator.get()
                .uri("/api/stats/erasures?" + query)
                .exchange()
                .expectStatus()
                .isBadRequest()
                .expectBody()
                .jsonPath("$.errors[0].field")
                .isEqualTo(field);
    }

    @Test
    void onlyOperatorsErase() {
        operator.mutate()
                .defaultHeaders(headers -> headers.setBearerAuth(StaffTokens.of("writer", "EDITOR")))
                .build()
                .delete()
                .uri("/api/stats/articles/" + article)
                .exchange()
                .expectStatus()
                .isForbidden();
    }

    /** What is made of articles now and then, in documents that no job makes anew meanwhile. */
    private void storeWhatWasMadeOfIt() {
        var other = new Document("articleId", "other").append("hits", 1L);
        var ofArticle = new Document("articleId", article).append("hits", 3L);
        LISTS.forEach((collection, list) -> mongo.insert(
                        new Document("_id", category)
                                .append("startedAt", Date.from(Instant.EPOCH))
                                .append(list, List.of(other, ofArticle)),
                        collection)
                .block());
    }

    private void assertThatOthersStay() {
        LISTS.forEach((collection, list) -> {
            Document stored = requireNonNull(
                    mongo.findById(category, Document.class, collection).block());
            mongo.remove(stored, collection).block();
            assertThat(stored.getList(list, Document.class))
                    .as(collection)
                    .containsExactly(new Document("articleId", "other").append("hits", 1L));
        });
    }

    private void open(String id, String visitor) {
        kafka.send(sent("service.views", event(view(id, visitor, now)))).join();
    }

    private void send(ArticleViewed view) {
        var ofPublished = new ArticleViewed(
                view.articleId(),
                2,
                view.occurredAt(),
                view.receivedAt(),
                view.visitorKey(),
                view.channel(),
                "search.example",
                view.device(),
                view.agent(),
                view.agentRules(),
                "alert-of-" + article,
                view.evidence());
        kafka.send(sent("service.views", event(ofPublished))).join();
    }

    private WebTestClient.BodyContentSpec importHits() {
        return operator.post()
                .uri("/api/stats/imports?id=import-" + UUID.randomUUID())
                .contentType(MediaType.parseMediaType("text/csv"))
                .bodyValue("page,views\n" + article + ",50\n")
                .exchange()
                .expectStatus()
                .isOk()
                .expectBody();
    }

    private WebTestClient.ResponseSpec erase() {
        return erase(article);
    }

    private WebTestClient.ResponseSpec erase(String id) {
        return operator.delete().uri("/api/stats/articles/" + id).exchange();
    }

    private WebTestClient.BodyContentSpec get(String uri) {
        return operator.get().uri(uri).exchange().expectStatus().isOk().expectBody();
    }

    private String body(String uri) {
        return new String(requireNonNull(get(uri).returnResult().getResponseBody()), UTF_8);
    }

    private Object overview() {
        return JsonPath.read(
                body("/api/stats/overview?interval=hour&from=" + now.minusSeconds(86_400) + "&to="
                        + now.plusSeconds(60)),
                "$.points");
    }

    private long together() {
        return requireNonNull(totals.fencedHits(ErasedArticles.TOGETHER).block())
                .sum();
    }

    private void assertThatNothingIsTold() {
        for (String uri : List.of(
                "articles/" + article,
                "articles/" + article + "/series",
                "articles/" + article + "/revisions",
                "articles/" + article + "/curve",
                "articles/" + article + "/badge.svg",
                "breakdown?by=channel&article=" + article,
                "export.csv?article=" + article)) {
            await().untilAsserted(() -> operator.get()
                    .uri("/api/stats/" + uri)
                    .exchange()
                    .expectStatus()
                    .value(status -> assertThat(status).as(uri).isEqualTo(404)));
        }
        assertThat(body("/api/stats/hits?ids=" + article)).doesNotContain("\"" + article);
        assertThat(body("/api/stats/alerts?article=" + article)).contains("\"items\":[]");
        operator.get()
                .uri("/api/stats/articles/erased")
                .exchange()
                .expectStatus()
                .isNotFound();
        assertThat(body("/api/stats/export.ndjson")).doesNotContain(article);
    }

    private List<String> collectionsThatName(String id) {
        return requireNonNull(mongo.getCollectionNames()
                .filterWhen(name -> mongo.findAll(Document.class, name)
                        .any(document -> document.toJson().contains(id)))
                .collectList()
                .block());
    }

    private void assertThatProjectionsAgree() {
        StatsClient.reconciled(operator)
                .jsonPath("$.differing")
                .isEqualTo(0)
                .jsonPath("$.unsettled")
                .isEqualTo(0);
    }
}
