package broadsheet.stats.restatement;

import static broadsheet.stats.ViewEvents.by;
import static broadsheet.stats.ViewEvents.event;
import static broadsheet.stats.ViewEvents.sent;
import static broadsheet.stats.ViewEvents.view;
import static broadsheet.testservers.PatientAwait.await;
import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import broadsheet.events.ArticleHits;
import broadsheet.events.ArticleViewed;
import broadsheet.events.Envelope;
import broadsheet.events.EventCodec;
import broadsheet.stats.IntegrationTest;
import broadsheet.stats.NewestRecord;
import broadsheet.stats.StatsClient;
import broadsheet.stats.generation.Generation;
import broadsheet.stats.generation.Generations;
import broadsheet.stats.generation.Restatement.State;
import broadsheet.stats.kafka.ReplayedRecord;
import broadsheet.stats.total.ArticleTotals;
import broadsheet.web.access.StaffSessions;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.http.HttpStatus;
import org.springframework.kafka.core.ConsumerFactory;
import org.springframework.kafka.core.KafkaTemplate;
import org.springframework.test.annotation.DirtiesContext;
import org.springframework.test.context.TestPropertySource;
import org.springframework.test.web.reactive.server.WebTestClient;
import org.springframework.test.web.reactive.server.WebTestClient.ResponseSpec;

/** A restatement by other rules is served, and taken back. */
@IntegrationTest
@TestPropertySource(
        properties = {
            "broadsheet.stats.views-topic=reversal.views",
            "broadsheet.stats.articles-topic=reversal.articles",
            "broadsheet.stats.hits-topic=reversal.hits",
            "broadsheet.stats.sweep-every=500ms",
            "broadsheet.stats.generations.look-every=200ms"
        })
@DirtiesContext
class ReversalIntegrationTests {

    private static final String RESTATEMENTS = "/api/stats/restatements";
    private static final String CRAWLER = "Googlebot/2.1 (+http://www.google.com/bot.html)";

    @Autowired
    KafkaTemplate<String, byte[]> kafka;

    @Autowired
    ConsumerFactory<String, byte[]> consumers;

    @Autowired
    ArticleTotals totals;

    @Autowired
    Generations generations;

    @Autowired
    StaffSessions sessions;

    @LocalServerPort
    int port;

    private final String article = "article-" + UUID.randomUUID();
    private final Instant now = Instant.now().minus(Duration.ofHours(1));
    private WebTestClient operator;

    @SuppressWarnings("NullAway.Init")
    ReversalIntegrationTests() {}

    @BeforeEach
    void signIn() {
        operator = StatsClient.ofAnOperator(port, sessions);
    }

    @Test
    void whatOlderRulesCountIsServedWhileItIsWantedAndGoesOnByThem() {
        open("person", "Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0");
        open("crawler", CRAWLER);
        await().untilAsserted(() -> assertThat(hits()).isOne());
        await().untilAsserted(() -> assertAnnounced(1, 1));

        RestatementResponse first = restate("2026-11.1");
        assertThat(first.rules()).containsExactly("2026-11.1");
        assertThat(first.reversibleUntil()).isAfter(now);
        await().untilAsserted(() -> assertThat(hits()).isEqualTo(2));
        open("crawler-2", CRAWLER);
        await().untilAsserted(() -> assertThat(hits()).as("new views too").isEqualTo(3));
        await().untilAsserted(() -> assertAnnounced(3, 2));
        await().until(() -> !countedGenerations().contains(Generation.FIRST));
        replayALetterThatIsStillUnreadableWhereItStoodAndOneThatIsNot();
        await().untilAsserted(() -> assertAnnounced(6, 2));

        post("/" + first.id() + "/reversal").expectStatus().isAccepted();

        RestatementResponse reversed = once(first.id(), State.REVERSED);
        assertThat(reversed.reversibleUntil()).isNull();
        await().untilAsserted(() ->
                assertThat(hits()).as("what came since is counted").isEqualTo(4));
        await().untilAsserted(() -> assertAnnounced(4, 3));
        open("person-2", "Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0");
        await().untilAsserted(() -> assertAnnounced(5, 3));
        post("/" + first.id() + "/reversal")
                .expectStatus()
                .isEqualTo(HttpStatus.CONFLICT)
                .expectBody()
                .jsonPath("$.detail")
                .value(detail -> assertThat((String) detail).contains("is reversed"));

        RestatementResponse second = restate(null);

        assertThat(second.rules()).hasSize(1).doesNotContain("2026-11.1");
        assertThat(requireNonNull(second.changes()).articles())
                .as("the same by the same rules")
                .isZero();
        await().untilAsserted(() -> assertAnnounced(5, Integer.parseInt(second.id())));
    }

    /** Both were dead letters of the second generation; the release of now can read one of them. */
    private void replayALetterThatIsStillUnreadableWhereItStoodAndOneThatIsNot() {
        Envelope<ArticleViewed> unreadable = event(view(article, "unreadable", now));
        Envelope<ArticleViewed> readable = event(view(article, "readable", now));
        ProducerRecord<String, byte[]> withoutType = sent("reversal.views", unreadable);
        withoutType.headers().remove("ce_type");
        RecordMetadata first = kafka.send(withoutType).join().getRecordMetadata();
        RecordMetadata second =
                kafka.send(sent("reversal.views", readable)).join().getRecordMetadata();
        kafka.send(sent("reversal.views", event(view(article, "later", now.plus(Duration.ofMinutes(40))))))
                .join(); // what came before is no longer remembered
        sendAgain(unreadable, first);
        sendAgain(readable, second);
    }

    private void sendAgain(Envelope<ArticleViewed> view, RecordMetadata stands) {
        ProducerRecord<String, byte[]> again = sent("reversal.views", view);
        new ReplayedRecord(stands.partition(), stands.offset()).addTo(again.headers());
        kafka.send(again).join();
    }

    private List<Integer> countedGenerations() {
        return requireNonNull(
                generations.counted().map(Generation::number).collectList().block());
    }

    private RestatementResponse restate(@Nullable String ruleset) {
        var request = operator.post().uri(RESTATEMENTS);
        RestatementResponse begun = requireNonNull((ruleset == null
                        ? request.exchange()
                        : request.bodyValue(Map.of("ruleset", ruleset)).exchange())
                .expectStatus()
                .isAccepted()
                .expectBody(RestatementResponse.class)
                .returnResult()
                .getResponseBody());
        once(begun.id(), State.READY);
        post("/" + begun.id() + "/approval").expectStatus().isAccepted();
        return once(begun.id(), State.SERVED);
    }

    private ResponseSpec post(String path) {
        return operator.post().uri(RESTATEMENTS + path).exchange();
    }

    private RestatementResponse once(String id, State state) {
        return RestatementState.await(operator, RESTATEMENTS + "/" + id, state);
    }

    private void assertAnnounced(long hits, int generation) {
        var sent = (ArticleHits) EventCodec.decode(NewestRecord.find(consumers, "reversal.hits", article))
                .event();
        assertThat(sent.hits()).isEqualTo(hits);
        assertThat(sent.generation()).isEqualTo(generation);
    }

    private void open(String visitor, String userAgent) {
        kafka.send(sent("reversal.views", event(by(null, userAgent, view(article, visitor, now)))))
                .join();
    }

    private Long hits() {
        return requireNonNull(totals.fencedHits(article).block()).sum();
    }
}
