package broadsheet.stats.restatement;

import static broadsheet.stats.ViewEvents.by;
import static broadsheet.stats.ViewEvents.event;
import static broadsheet.stats.ViewEvents.sent;
import static broadsheet.stats.ViewEvents.view;
import static broadsheet.testservers.PatientAwait.await;
import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import broadsheet.events.ArticleViewed;
import broadsheet.events.Envelope;
import broadsheet.stats.IntegrationTest;
import broadsheet.stats.StatsClient;
import broadsheet.stats.counting.ViewListeners;
import broadsheet.stats.generation.Generation;
import broadsheet.stats.generation.Restatement.Changes;
import broadsheet.stats.generation.Restatement.State;
import broadsheet.stats.history.ArticleDay;
import broadsheet.stats.history.ArticleDays;
import broadsheet.stats.history.SiteDays;
import broadsheet.stats.ledger.LedgerHours;
import broadsheet.stats.projection.Projection;
import broadsheet.stats.total.ArticleTotals;
import broadsheet.testservers.TestServers;
import broadsheet.web.access.StaffSessions;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.admin.RecordsToDelete;
import org.apache.kafka.clients.producer.internals.BuiltInPartitioner;
import org.apache.kafka.common.TopicPartition;
import org.bson.Document;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.data.mongodb.core.ReactiveMongoTemplate;
import org.springframework.data.mongodb.core.query.Query;
import org.springframework.data.mongodb.core.query.Update;
import org.springframework.http.HttpStatus;
import org.springframework.kafka.core.KafkaTemplate;
import org.springframework.kafka.listener.MessageListenerContainer;
import org.springframework.test.annotation.DirtiesContext;
import org.springframework.test.context.TestPropertySource;
import org.springframework.test.web.reactive.server.WebTestClient;
import org.springframework.test.web.reactive.server.WebTestClient.BodyContentSpec;
import org.springframework.test.web.reactive.server.WebTestClient.ResponseSpec;

/** What was counted before a day stays, though Kafka no longer has it, and all sums are one number after. */
@IntegrationTest
@TestPropertySource(
        properties = {
            "broadsheet.stats.views-topic=from.views",
            "broadsheet.stats.articles-topic=from.articles",
            "broadsheet.stats.hits-topic=from.hits",
            "broadsheet.stats.generations.look-every=200ms"
        })
@DirtiesContext
class RestatementFromIntegrationTests {

    private static final String RESTATEMENTS = "/api/stats/restatements";
    private static final String CRAWLER = "Googlebot/2.1 (+http://www.google.com/bot.html)";
    private static final String BROWSER = "Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0";
    private final Instant day = Instant.now().truncatedTo(ChronoUnit.DAYS).minus(Duration.ofDays(3));

    @Autowired
    KafkaTemplate<String, byte[]> kafka;

    @Autowired
    ArticleTotals totals;

    @Autowired
    ArticleDays days;

    @Autowired
    SiteDays siteDays;

    @Autowired
    List<Projection> projections;

    @Autowired
    ViewListeners listeners;

    @Autowired
    ReactiveMongoTemplate mongo;

    @Autowired
    StaffSessions sessions;

    @LocalServerPort
    int port;

    private final String article = "article-" + UUID.randomUUID();
    private WebTestClient operator;

    @SuppressWarnings("NullAway.Init")
    RestatementFromIntegrationTests() {}

    @BeforeEach
    void signIn() {
        operator = StatsClient.ofAnOperator(port, sessions);
    }

    @Test
    void whatIsCountedOnEarlierDaysStaysAndTheRestIsCountedByOtherRules() throws Exception {
        openOnSeveralDays();
        await().untilAsserted(() -> assertThat(hits()).isEqualTo(6));
        await().untilAsserted(() -> operator.get()
                .uri("/api/stats/articles/" + article)
                .exchange()
                .expectBody()
                .jsonPath("$.complete")
                .isEqualTo(true));
        assertReconciled(6, 4, 1);
        deleteViewsBefore(day.minus(Duration.ofHours(2)));
        MessageListenerContainer served = requireNonNull(listeners.container(Generation.FIRST));
        served.stop();
        String behind = openInAnotherPartition(day.minus(Duration.ofDays(1)));
        leaveFencesOfADeletedTopic();

        begin(null).expectStatus().isEqualTo(HttpStatus.CONFLICT);
        var rollup = new Document("_id", "referrer@" + dateOf(day.minus(Duration.ofDays(9)))) // without views: stays
                .append("keys", List.of())
                .append("made", "while there were sketches");
        mongo.save(rollup, "stats_site_rollups").block();
        RestatementResponse ready = ready();

        assertThat(mongo.findById(rollup.getString("_id"), Document.class, "stats_site_rollups_" + ready.id())
                        .block())
                .as("what the site's kept days were added up to")
                .isEqualTo(rollup);
        assertThat(ready.from()).isEqualTo(day);
        assertThat(ready.changes()).isEqualTo(new Changes(6, 9, 2));
        served.start();
        operator.post()
                .uri(RESTATEMENTS + "/" + ready.id() + "/approval")
                .exchange()
                .expectStatus()
                .isAccepted();
        once(ready.id(), State.SERVED);

        await().untilAsserted(() -> assertThat(hits()).isEqualTo(8));
        assertThat(requireNonNull(totals.fencedHits(behind).block()).sum())
                .as("of what is older than the day and was not counted when it was copied")
                .isOne();
        assertThat(hitsByDay())
                .containsExactlyInAnyOrderEntriesOf(Map.of(
                        day.minus(Duration.ofDays(2)),
                        1L,
                        day.minus(Duration.ofDays(1)),
                        2L,
                        day,
                        1L,
                        day.plus(Duration.ofDays(1)),
                        4L));
        assertReconciled(9, 2, 1);
        assertThat(siteHits()).as("of all articles together").isEqualTo(9);
        assertLedgerAddsUp();
        // a view that was spooled for days is counted on its day, though that is a copy
        send(event(
                by(null, CRAWLER, seen("spooled", day.minus(Duration.ofHours(30)), day.minus(Duration.ofHours(30))))));
        await().untilAsserted(() -> assertThat(hits()).isEqualTo(9));
        assertReconciled(10, 2, 1);
    }

    private static String dateOf(Instant day) {
        return day.toString().substring(0, 10);
    }

    /** As of a process that was killed between its writes and the position, before the topic was made anew. */
    private void leaveFencesOfADeletedTopic() {
        for (String collection : List.of(
                ArticleTotals.COLLECTION, ArticleDays.COLLECTION, SiteDays.COLLECTION, LedgerHours.COLLECTION)) {
            var fence = new Document("epoch", 0).append("offset", 4_711L);
            mongo.updateMulti(new Query(), Update.update("fence.deleted-0", fence), collection)
                    .block();
        }
    }

    /** The article that was read there. */
    private String openInAnotherPartition(Instant time) {
        String other;
        do {
            other = "other-" + UUID.randomUUID();
        } while (partition(other) == partition(article));
        send(event(by(null, BROWSER, view(other, "behind", time))));
        return other;
    }

    private static int partition(String articleId) {
        return BuiltInPartitioner.partitionForKey(articleId.getBytes(UTF_8), 12);
    }

    private void openOnSeveralDays() {
        Instant before = day.minus(Duration.ofHours(40));
        Envelope<ArticleViewed> person = event(by(null, BROWSER, seen("person", before, before)));
        send(person);
        send(person); // a duplicate
        send(event(by(null, CRAWLER, seen("crawler", before, before))));
        Instant earlier = day.minus(Duration.ofMinutes(100)); // the first view that Kafka has in the end
        send(event(by(null, BROWSER, seen("earlier", earlier, earlier))));
        Instant evening = day.minus(Duration.ofMinutes(30));
        send(event(by(null, BROWSER, seen("evening", evening, evening))));
        Instant skewed = day.plus(Duration.ofMinutes(2));
        send(event(by(null, CRAWLER, seen("skewed", skewed, day.minus(Duration.ofMinutes(1))))));
        Envelope<ArticleViewed> late =
                event(by(null, CRAWLER, seen("arrived-late", evening, day.plus(Duration.ofHours(2)))));
        send(late);
        send(late); // a duplicate that is counted on a day before
        Instant after = day.plus(Duration.ofDays(1)).plus(Duration.ofHours(3));
        send(event(by(null, BROWSER, seen("after", after, after))));
        send(event(by(null, CRAWLER, seen("crawler", after, after))));
        send(event(by(null, BROWSER, seen("twice", after, after))));
        send(event(by(null, BROWSER, seen("twice", after.plusSeconds(1), after.plusSeconds(1)))));
        send(event(by(null, BROWSER, seen("much-too-late", day.minus(Duration.ofDays(1)), after))));
    }

    @ParameterizedTest
    @ValueSource(strings = {"9999-01-01T00:00:00Z", "1969-01-01T00:00:00Z", "soon", "+1000000000-01-01T00:00:00Z"})
    void aFromThatIsNoDayOfThePastIsNamed(String from) {
        begin(from)
                .expectStatus()
                .isBadRequest()
                .expectBody()
                .jsonPath("$.errors[0].field")
                .isEqualTo("from");
    }

    @Test
    void todayIsNotOverYet() {
        begin(Instant.now().toString())
                .expectStatus()
                .isBadRequest()
                .expectBody()
                .jsonPath("$.errors[0].message")
                .value(message -> assertThat((String) message).startsWith("must be before 20"));
    }

    private static void assertAgree(BodyContentSpec found, String kind, long number, List<String> projections) {
        projections.forEach(
                projection -> found.jsonPath("$." + kind + "." + projection).isEqualTo(number));
    }

    private void assertReconciled(long hits, long bots, long doubleClicks) {
        BodyContentSpec found =
                StatsClient.reconciled(operator).jsonPath("$.differing").isEqualTo(0);
        found.jsonPath("$.unsettled").isEqualTo(0);
        assertAgree(found, "hits", hits, List.of("totals", "days", "ledger"));
        assertAgree(found, "bots", bots, List.of("totals", "days", "ledger"));
        assertAgree(found, "doubleClicks", doubleClicks, List.of("days", "ledger"));
    }

    /** Fourteen records, each in one column. */
    private void assertLedgerAddsUp() {
        operator.get()
                .uri("/api/stats/ledger?from={from}&to={to}", day.minus(Duration.ofDays(10)), Instant.now())
                .exchange()
                .expectStatus()
                .isOk()
                .expectBody()
                .jsonPath("$.totals.received")
                .isEqualTo(14)
                .jsonPath("$.totals.counted")
                .isEqualTo(8)
                .jsonPath("$.totals.late")
                .isEqualTo(1)
                .jsonPath("$.totals.duplicates")
                .isEqualTo(2)
                .jsonPath("$.totals.bots")
                .isEqualTo(2)
                .jsonPath("$.totals.doubleClicks")
                .isEqualTo(1);
    }

    private long siteHits() {
        return requireNonNull(siteDays.counts(day.minus(Duration.ofDays(10)), Instant.now())
                        .block())
                .values()
                .stream()
                .flatMap(counts -> counts.hitsByTime().values().stream())
                .mapToLong(Long::longValue)
                .sum();
    }

    @Test
    void ofEachProjectionItIsKnownHowItIsKept() {
        assertThat(projections)
                .extracting(Projection::collection)
                .containsExactlyInAnyOrder(
                        ArticleTotals.COLLECTION, ArticleDays.COLLECTION, SiteDays.COLLECTION, LedgerHours.COLLECTION);
    }

    private Map<Instant, Long> hitsByDay() {
        return requireNonNull(days.find(article, day.minus(Duration.ofDays(10)), Instant.now())
                .collectMap(ArticleDay::start, ArticleDay::hits)
                .block());
    }

    private ArticleViewed seen(String visitor, Instant occurredAt, Instant receivedAt) {
        ArticleViewed view = view(article, visitor, receivedAt);
        return new ArticleViewed(
                view.articleId(),
                view.revision(),
                occurredAt,
                receivedAt,
                view.visitorKey(),
                view.channel(),
                view.referrerHost(),
                view.device(),
                view.agent(),
                view.agentRules(),
                view.alertId(),
                view.evidence());
    }

    private void send(Envelope<ArticleViewed> event) {
        kafka.send(sent("from.views", event)).join();
    }

    private Long hits() {
        return requireNonNull(totals.fencedHits(article).block()).sum();
    }

    private RestatementResponse ready() {
        RestatementResponse begun =
                requireNonNull(begin(day.plus(Duration.ofHours(7)).toString())
                        .expectStatus()
                        .isAccepted()
                        .expectBody(RestatementResponse.class)
                        .returnResult()
                        .getResponseBody());
        return once(begun.id(), State.READY);
    }

    private ResponseSpec begin(@Nullable String from) {
        Map<String, String> request = new HashMap<>(Map.of("ruleset", "2026-11.1"));
        if (from != null) {
            request.put("from", from);
        }
        return operator.post().uri(RESTATEMENTS).bodyValue(request).exchange();
    }

    private RestatementResponse once(String id, State state) {
        return RestatementState.await(operator, RESTATEMENTS + "/" + id, state);
    }

    private static void deleteViewsBefore(Instant time) throws Exception {
        try (Admin admin = Admin.create(Map.of("bootstrap.servers", TestServers.bootstrapServers()))) {
            Map<TopicPartition, OffsetSpec> asked = new HashMap<>();
            for (int partition = 0; partition < 12; partition++) {
                asked.put(new TopicPartition("from.views", partition), OffsetSpec.forTimestamp(time.toEpochMilli()));
            }
            Map<TopicPartition, RecordsToDelete> deleted = new HashMap<>();
            admin.listOffsets(asked).all().get().forEach((partition, first) -> {
                if (first.offset() > 0) {
                    deleted.put(partition, RecordsToDelete.beforeOffset(first.offset()));
                }
            });
            assertThat(deleted).isNotEmpty();
            admin.deleteRecords(deleted).all().get();
        }
    }
}
