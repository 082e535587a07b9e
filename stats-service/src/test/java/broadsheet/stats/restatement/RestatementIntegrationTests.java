package broadsheet.stats.restatement;

import static broadsheet.stats.ViewEvents.event;
import static broadsheet.stats.ViewEvents.view;
import static broadsheet.testservers.PatientAwait.await;
import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.springframework.data.mongodb.core.query.Criteria.where;
import static org.springframework.data.mongodb.core.query.Query.query;

import broadsheet.events.ArticleHits;
import broadsheet.events.EventCodec;
import broadsheet.stats.IntegrationTest;
import broadsheet.stats.NewestRecord;
import broadsheet.stats.StatsClient;
import broadsheet.stats.ViewEvents;
import broadsheet.stats.counting.ViewListeners;
import broadsheet.stats.generation.Generation;
import broadsheet.stats.generation.Restatement.Changes;
import broadsheet.stats.generation.Restatement.State;
import broadsheet.stats.generation.Restatement.Step;
import broadsheet.stats.generation.RestatementChanges;
import broadsheet.stats.generation.ServedGenerations;
import broadsheet.stats.position.PartitionPositions;
import broadsheet.stats.total.ArticleTotals;
import broadsheet.testservers.StaffTokens;
import broadsheet.testservers.TestServers;
import broadsheet.web.access.StaffSessions;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.RecordsToDelete;
import org.apache.kafka.common.TopicPartition;
import org.bson.Document;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.data.mongodb.core.ReactiveMongoTemplate;
import org.springframework.data.mongodb.core.query.Update;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.kafka.core.ConsumerFactory;
import org.springframework.kafka.core.KafkaTemplate;
import org.springframework.test.context.TestPropertySource;
import org.springframework.test.web.reactive.server.WebTestClient;
import org.springframework.test.web.reactive.server.WebTestClient.ResponseSpec;

/** All views are counted anew beside what is served, and then served. */
@IntegrationTest
@TestPropertySource(
        properties = {
            "broadsheet.stats.views-topic=anew.views",
            "broadsheet.stats.articles-topic=anew.articles",
            "broadsheet.stats.hits-topic=anew.hits",
            "broadsheet.stats.sweep-every=500ms",
            "broadsheet.stats.generations.look-every=200ms",
            "broadsheet.stats.generations.keep-replaced=1s",
            "broadsheet.stats.generations.keep-cancelled=1s"
        })
class RestatementIntegrationTests {

    private static final String WITHOUT_DELETED = "{\"withoutDeletedViews\": true}";

    @Autowired
    KafkaTemplate<String, byte[]> kafka;

    @Autowired
    ConsumerFactory<String, byte[]> consumers;

    @Autowired
    ServedGenerations served;

    @Autowired
    ArticleTotals totals;

    @Autowired
    ViewListeners listeners;

    @Autowired
    ReactiveMongoTemplate mongo;

    @Autowired
    StaffSessions sessions;

    @LocalServerPort
    int port;

    private final String article = "article-" + UUID.randomUUID();
    private final Instant now = Instant.now();
    private WebTestClient operator;

    @SuppressWarnings("NullAway.Init")
    RestatementIntegrationTests() {}

    @BeforeEach
    void openOnce() {
        operator = StatsClient.ofAnOperator(port, sessions);
        open("one");
        await().untilAsserted(() -> assertThat(hits()).isOne());
    }

    @Test
    void everythingIsCountedAgainFromTheFirstViewThenServedAndTheFormerCountsDropped() {
        int before = servedNumber();
        String former = Generation.numbered(ArticleTotals.COLLECTION, before);
        String gone = "gone-" + UUID.randomUUID();
        // what was counted before by other rules is told by numbers that no count gives
        mongo.updateFirst(query(where("_id").is(article)), new Update().inc("hits", 100L), former)
                .block();
        mongo.insert(new Document("_id", gone).append("hits", 5L).append("bots", 0L), former)
                .block();

        RestatementResponse ready = ready();

        Changes changes = requireNonNull(ready.changes());
        assertThat(changes.hitsBefore() - changes.hitsAfter()).isEqualTo(105);
        assertThat(hits()).as("nothing has changed yet").isEqualTo(101);
        assertDifferences(ready.id(), List.of(article, gone), List.of(-100, -5));
        RestatementResponse done = approved(ready.id());
        assertThat(done.steps()).extracting(Step::by).containsExactly("ops", null, "ops", null);
        assertThat(done.rules()).hasSize(1);
        await().untilAsserted(() -> assertThat(hits()).isOne());
        open("two");
        await().untilAsserted(() -> assertThat(hits()).isEqualTo(2));
        int number = Integer.parseInt(done.id());
        await().untilAsserted(() -> assertThat(sent(article)).satisfies(hits -> {
            assertThat(hits.hits()).isEqualTo(2);
            assertThat(hits.generation()).isEqualTo(number);
        }));
        await().untilAsserted(() -> assertThat(sent(gone)).satisfies(hits -> {
            assertThat(hits.hits()).isZero();
            assertThat(hits.generation()).isEqualTo(number);
        }));
        await().untilAsserted(() -> assertThat(
                        mongo.getCollectionNames().collectList().block())
                .doesNotContain(former, Generation.numbered(PartitionPositions.COLLECTION, before))
                .contains(Generation.numbered(ArticleTotals.COLLECTION, number)));
        assertThat(listeners.container(before)).as("what counted the former").isNull();
    }

    @Test
    void oneAtATimeAndTheRulesOfEachReleaseThatCountsItAreNoted() {
        int number = servedNumber() + 100;
        mongo.insert(
                        new Document("_id", number)
                                .append("ruleset", "older")
                                .append("laterRulesets", List.of("newer"))
                                .append("projections", List.of("not_of_this_release"))
                                .append("beganAt", Date.from(now))
                                .append("askedBy", "another"),
                        "stats_generations")
                .block();
        try {
            begin("{}")
                    .expectStatus()
                    .isEqualTo(HttpStatus.CONFLICT)
                    .expectBody()
                    .jsonPath("$.detail")
                    .value(detail -> assertThat((String) detail).contains("Restatement " + number + " is counting"));
            operator.get()
                    .uri("/api/stats/restatements/" + number)
                    .exchange()
                    .expectBody()
                    .jsonPath("$.state")
                    .isEqualTo("counting")
                    .jsonPath("$.rules[1]")
                    .isEqualTo("newer")
                    .jsonPath("$.progress.counted")
                    .isEqualTo(0)
                    .jsonPath("$.progress.of")
                    .value(of -> assertThat(((Number) of).longValue()).isPositive());
        } finally {
            mongo.remove(query(where("_id").is(number)), "stats_generations").block();
        }
    }

    @Test
    void whatKafkaNoLongerHasIsLostOnlyWhereThatIsWanted() throws Exception {
        deleteAllViews();

        begin(null)
                .expectStatus()
                .isEqualTo(HttpStatus.CONFLICT)
                .expectBody()
                .jsonPath("$.detail")
                .value(detail -> assertThat((String) detail).contains("every view received before 20"));
        assertThat(restated().since()).isNotNull();

        await().untilAsserted(() -> assertThat(hits()).isZero());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{\"withoutDeletedViews\": \"perhaps\"} | withoutDeletedViews",
                "{\"withoutDeletedViews\": [true]} | withoutDeletedViews",
                "{\"everything\": true} | everything",
                "{\"ruleset\": \"1999-01\"} | ruleset",
                "{\"ruleset\": 7} | ruleset",
                "[] | body",
                "{ | body"
            })
    void aBodyThatDoesNotFitIsNamed(String body, String field) {
        begin(body)
                .expectStatus()
                .isBadRequest()
                .expectBody()
                .jsonPath("$.errors[0].field")
                .isEqualTo(field);
    }

    @Test
    void oneThatIsCancelledIsNoLongerCountedAndLeavesWhatIsServed() {
        int before = servedNumber();
        RestatementResponse ready = ready();
        int number = Integer.parseInt(ready.id());

        operator.delete()
                .uri("/api/stats/restatements/" + number)
                .exchange()
                .expectStatus()
                .isOk();

        post("/" + number + "/approval")
                .expectStatus()
                .isEqualTo(HttpStatus.CONFLICT)
                .expectBody()
                .jsonPath("$.detail")
                .isEqualTo("Restatement " + number + " is cancelled");
        await().untilAsserted(() -> assertThat(
                        mongo.getCollectionNames().collectList().block())
                .doesNotContain(
                        Generation.numbered(ArticleTotals.COLLECTION, number), RestatementChanges.collection(number)));
        assertThat(servedNumber()).isEqualTo(before);
        assertThat(listeners.container(number)).isNull();
        assertIsRemovedAgain(number);
    }

    /** What an instance writes that was paused. */
    private void assertIsRemovedAgain(int number) {
        String totalsOfIt = Generation.numbered(ArticleTotals.COLLECTION, number);
        mongo.insert(new Document("_id", article).append("hits", 1L), totalsOfIt)
                .block();
        mongo.insert(new Document("_id", number).append("after", ""), "stats_restatement_copies")
                .block();
        mongo.updateFirst(
                        query(where("_id").is(number)),
                        new Update().set("droppedAt", Date.from(now.minus(Duration.ofDays(2)))),
                        "stats_generations")
                .block();

        await().untilAsserted(() -> {
            assertThat(mongo.getCollectionNames().collectList().block()).doesNotContain(totalsOfIt);
            assertThat(mongo.findById(number, Document.class, "stats_restatement_copies")
                            .block())
                    .isNull();
        });
    }

    @ParameterizedTest
    @CsvSource({"limit=0, limit", "cursor=nonsense, cursor", "cursor=MTIz, cursor", "curser=1, curser"})
    void aDifferenceThatIsAskedForWronglyNamesWhatIsWrong(String query, String field) {
        operator.get()
                .uri("/api/stats/restatements/1/difference?" + query)
                .exchange()
                .expectStatus()
                .isBadRequest()
                .expectBody()
                .jsonPath("$.errors[0].field")
                .isEqualTo(field);
    }

    @Test
    void onlyOperatorsBeginOne() {
        operator.mutate()
                .defaultHeaders(headers -> headers.setBearerAuth(StaffTokens.of("writer", "AUTHOR")))
                .build()
                .post()
                .uri("/api/stats/restatements")
                .exchange()
                .expectStatus()
                .isForbidden();
        operator.get()
                .uri("/api/stats/restatements/nobody-knows")
                .exchange()
                .expectStatus()
                .isNotFound();
    }

    private RestatementResponse restated() {
        return approved(ready().id());
    }

    private RestatementResponse ready() {
        String location = StatsClient.location(begin(WITHOUT_DELETED));
        return once(location, State.READY);
    }

    private RestatementResponse approved(String id) {
        post("/" + id + "/approval").expectStatus().isAccepted();
        return once("/api/stats/restatements/" + id, State.SERVED);
    }

    private ResponseSpec post(String path) {
        return operator.post().uri("/api/stats/restatements" + path).exchange();
    }

    private RestatementResponse once(String location, State state) {
        return RestatementState.await(operator, location, state);
    }

    private void assertDifferences(String id, List<String> articles, List<Integer> changes) {
        operator.get()
                .uri("/api/stats/restatements/" + id + "/difference?limit=1")
                .exchange()
                .expectStatus()
                .isOk()
                .expectBody()
                .jsonPath("$.items[*].articleId")
                .isEqualTo(articles.get(0))
                .jsonPath("$.items[0].change")
                .isEqualTo(changes.get(0))
                .jsonPath("$.totals.articles")
                .isEqualTo(articles.size())
                .jsonPath("$.nextCursor")
                .value(cursor -> operator.get()
                        .uri("/api/stats/restatements/" + id + "/difference?limit=1&cursor=" + cursor)
                        .exchange()
                        .expectBody()
                        .jsonPath("$.items[0].articleId")
                        .isEqualTo(articles.get(1))
                        .jsonPath("$.items[0].change")
                        .isEqualTo(changes.get(1))
                        .jsonPath("$.nextCursor")
                        .isEmpty());
    }

    private ResponseSpec begin(@Nullable String body) {
        var request = operator.post().uri("/api/stats/restatements");
        return body == null
                ? request.exchange()
                : request.contentType(MediaType.APPLICATION_JSON)
                        .bodyValue(body)
                        .exchange();
    }

    private static void deleteAllViews() throws Exception {
        try (Admin admin = Admin.create(Map.of("bootstrap.servers", TestServers.bootstrapServers()))) {
            Map<TopicPartition, RecordsToDelete> all = new HashMap<>();
            for (int partition = 0; partition < 12; partition++) {
                all.put(new TopicPartition("anew.views", partition), RecordsToDelete.beforeOffset(-1));
            }
            admin.deleteRecords(all).all().get();
        }
    }

    private ArticleHits sent(String articleId) {
        return (ArticleHits) EventCodec.decode(NewestRecord.find(consumers, "anew.hits", articleId))
                .event();
    }

    private int servedNumber() {
        return requireNonNull(served.number(ArticleTotals.COLLECTION).block());
    }

    private void open(String visitor) {
        kafka.send(ViewEvents.sent("anew.views", event(view(article, visitor, now))))
                .join();
    }

    private Long hits() {
        return requireNonNull(totals.fencedHits(article).block()).sum();
    }
}
