package broadsheet.stats.restatement;

import static broadsheet.stats.ViewEvents.event;
import static broadsheet.stats.ViewEvents.sent;
import static broadsheet.stats.ViewEvents.view;
import static broadsheet.testservers.PatientAwait.await;
import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.springframework.data.mongodb.core.query.Criteria.where;
import static org.springframework.data.mongodb.core.query.Query.query;

import broadsheet.stats.IntegrationTest;
import broadsheet.stats.StatsClient;
import broadsheet.stats.erased.ErasedArticles;
import broadsheet.stats.generation.Generation;
import broadsheet.stats.generation.Restatement.State;
import broadsheet.stats.generation.RestatementChanges;
import broadsheet.stats.generation.RestatementChanges.Change;
import broadsheet.stats.generation.ServedGenerations;
import broadsheet.stats.history.ArticleDays;
import broadsheet.stats.history.ErasedDays;
import broadsheet.stats.position.PartitionPositions;
import broadsheet.stats.total.ArticleTotals;
import broadsheet.web.access.StaffSessions;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.Date;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.bson.Document;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.data.mongodb.core.ReactiveMongoTemplate;
import org.springframework.http.MediaType;
import org.springframework.kafka.core.KafkaTemplate;
import org.springframework.test.context.TestPropertySource;
import org.springframework.test.web.reactive.server.WebTestClient;

/** Kafka still has the views of an erased article; whoever counts them again brings no article back. */
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
class ErasedArticleRestatementIntegrationTests {

    @Autowired
    KafkaTemplate<String, byte[]> kafka;

    @Autowired
    ArticleTotals totals;

    @Autowired
    ErasedDays days;

    @Autowired
    ServedGenerations served;

    @Autowired
    PartitionPositions positions;

    @Autowired
    CopyProgress progress;

    @Autowired
    RestatementChanges changes;

    @Autowired
    ReactiveMongoTemplate mongo;

    @Autowired
    StaffSessions sessions;

    @LocalServerPort
    int port;

    private final String article = "article-" + UUID.randomUUID();
    private final String other = "other-" + UUID.randomUUID();
    private final Instant now = Instant.now();
    private WebTestClient operator;

    @SuppressWarnings("NullAway.Init")
    ErasedArticleRestatementIntegrationTests() {}

    @BeforeEach
    void signIn() {
        operator = StatsClient.ofAnOperator(port, sessions);
    }

    @Test
    void neitherAWholeRestatementNorOneFromADayOnBringsItBack() {
        open(article, "one", now.minus(Duration.ofDays(3)));
        open(article, "two", now);
        open(other, "one", now);
        await().untilAsserted(
                        () -> assertThat(List.of(hits(article), hits(other))).containsExactly(2L, 1L));
        long before = hits(ErasedArticles.TOGETHER);

        operator.delete()
                .uri("/api/stats/articles/" + article)
                .exchange()
                .expectStatus()
                .isAccepted();
        awaitErased(before + 2);

        restate("{\"withoutDeletedViews\": true}");
        awaitErased(before + 2);
        restate("{\"withoutDeletedViews\": true, \"from\": \"" + now.minus(Duration.ofDays(2)) + "\"}");
        awaitErased(before + 2);
        beginToCopyBeforeTheMove();
        restate("{\"withoutDeletedViews\": true, \"from\": \"" + now.minus(Duration.ofDays(2)) + "\"}");
        awaitErased(before + 2);
        assertThatAStoredChangeGoes();

        assertThat(hits(other)).isOne();
        operator.get()
                .uri("/api/stats/articles/" + article)
                .exchange()
                .expectStatus()
                .isNotFound();
    }

    /** The next restatement finds the article's own day copied and the progress of before that day was moved. */
    private void beginToCopyBeforeTheMove() {
        int of = requireNonNull(served.number(ServedGenerations.TOTALS).block());
        int next = 1
                + requireNonNull(mongo.findAll(Document.class, "stats_generations")
                        .filter(one -> one.get("_id") instanceof Integer)
                        .map(one -> one.getInteger("_id"))
                        .reduce(Math::max)
                        .block());
        Instant start = now.minus(Duration.ofDays(3)).truncatedTo(ChronoUnit.DAYS);
        mongo.insert(
                        new Document(
                                        "_id",
                                        article + "@"
                                                + start.atOffset(ZoneOffset.UTC).toLocalDate())
                                .append("articleId", article)
                                .append("start", Date.from(start))
                                .append("hits", 1L),
                        Generation.numbered(ArticleDays.COLLECTION, next))
                .block();
        long moves = requireNonNull(days.moves(of).block());
        progress.store(
                        next,
                        new CopyProgress.Copies(
                                of, requireNonNull(positions.of(of).all().block()), moves - 1, "", Map.of(), false))
                .block();
    }

    /** As where an article is erased after a restatement was compared. */
    private void assertThatAStoredChangeGoes() {
        int restatement = requireNonNull(served.number(ServedGenerations.TOTALS).block());
        changes.add(restatement, List.of(new Change(article, 5, 2), new Change(other, 3, 1)))
                .block();
        await().untilAsserted(() -> assertThat(
                        changes.largest(restatement, null, 10).collectList().block())
                .contains(new Change(other, 3, 1))
                .doesNotContain(new Change(article, 5, 2)));
    }

    private void open(String id, String visitor, Instant at) {
        kafka.send(sent("anew.views", event(view(id, visitor, at)))).join();
    }

    private void restate(String body) {
        String location = StatsClient.location(operator.post()
                .uri("/api/stats/restatements")
                .contentType(MediaType.APPLICATION_JSON)
                .bodyValue(body)
                .exchange());
        RestatementState.await(operator, location, State.READY);
        operator.get()
                .uri(location + "/difference?limit=100")
                .exchange()
                .expectBody()
                .jsonPath("$.items[?(@.articleId == '" + article + "')]")
                .doesNotExist();
        operator.post().uri(location + "/approval").exchange().expectStatus().isAccepted();
        RestatementState.await(operator, location, State.SERVED);
    }

    private void awaitErased(long hits) {
        await().untilAsserted(() -> {
            assertThat(hits(ErasedArticles.TOGETHER)).isEqualTo(hits);
            assertThat(naming(ArticleTotals.COLLECTION, "_id")).isEmpty();
            assertThat(naming(ArticleDays.COLLECTION, "articleId")).isEmpty();
            assertThat(daysTogether()).isEqualTo(hits);
        });
    }

    private List<Document> naming(String projection, String field) {
        return requireNonNull(mongo.find(query(where(field).is(article)), Document.class, served(projection))
                .collectList()
                .block());
    }

    private long daysTogether() {
        return requireNonNull(mongo.find(
                                query(where("articleId").is(ErasedArticles.TOGETHER)),
                                Document.class,
                                served(ArticleDays.COLLECTION))
                        .collectList()
                        .block())
                .stream()
                .mapToLong(day -> day.getLong("hits"))
                .sum();
    }

    private String served(String projection) {
        Document served = requireNonNull(mongo.findById("served", Document.class, "stats_generations")
                .defaultIfEmpty(new Document())
                .block());
        return Generation.numbered(
                projection, served.get("numbers", new Document()).getInteger(projection, Generation.FIRST));
    }

    private long hits(String id) {
        return requireNonNull(totals.fencedHits(id).block()).sum();
    }
}
