package broadsheet.stats.deadletter;

import static broadsheet.stats.ViewEvents.event;
import static broadsheet.stats.ViewEvents.sent;
import static broadsheet.stats.ViewEvents.view;
import static broadsheet.testservers.PatientAwait.await;
import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import broadsheet.stats.ArticleEvents;
import broadsheet.stats.IntegrationTest;
import broadsheet.stats.NewestRecord;
import broadsheet.stats.StatsClient;
import broadsheet.stats.article.Articles;
import broadsheet.stats.deadletter.LetterReplay.Outcome;
import broadsheet.stats.kafka.ReplayedRecord;
import broadsheet.stats.total.ArticleTotals;
import broadsheet.testservers.StaffTokens;
import broadsheet.web.access.StaffSessions;
import java.time.Instant;
import java.util.Date;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.bson.Document;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.data.mongodb.core.ReactiveMongoTemplate;
import org.springframework.http.MediaType;
import org.springframework.kafka.core.ConsumerFactory;
import org.springframework.kafka.core.KafkaTemplate;
import org.springframework.test.annotation.DirtiesContext;
import org.springframework.test.context.TestPropertySource;
import org.springframework.test.web.reactive.server.WebTestClient;

/** What could not be read is listed, and taken up once by a release that can read it. */
@IntegrationTest
@TestPropertySource(
        properties = {
            "broadsheet.stats.views-topic=letters.views",
            "broadsheet.stats.articles-topic=letters.articles",
            "broadsheet.stats.hits-topic=letters.hits"
        })
@DirtiesContext
class DeadLettersIntegrationTests {

    private static final String LETTERS = "/api/stats/dead-letters";
    private static final Instant LONG_AGO = Instant.parse("2020-01-01T00:00:00Z");

    @Autowired
    KafkaTemplate<String, byte[]> kafka;

    @Autowired
    ConsumerFactory<String, byte[]> consumers;

    @Autowired
    ArticleTotals totals;

    @Autowired
    Articles articles;

    @Autowired
    ReactiveMongoTemplate mongo;

    @Autowired
    StaffSessions sessions;

    @LocalServerPort
    int port;

    private final String article = "article-" + UUID.randomUUID();
    private WebTestClient operator;

    @SuppressWarnings("NullAway.Init")
    DeadLettersIntegrationTests() {}

    @BeforeEach
    void signIn() {
        await().until(sessions::areKnown);
        operator = StatsClient.ofAnOperator(port);
    }

    @Test
    void whatCannotBeReadIsListedWithItsReasonAndStays() {
        ProducerRecord<String, byte[]> broken = sent("letters.views", event(view(article, "v", Instant.now())));
        broken.headers().remove("ce_type");
        kafka.send(broken).join();
        NewestRecord.find(consumers, "letters.views.dead-letters", article);

        operator.get()
                .uri(LETTERS + "?limit=1")
                .exchange()
                .expectStatus()
                .isOk()
                .expectBody()
                .jsonPath("$.items[0].key")
                .isEqualTo(article)
                .jsonPath("$.items[0].at.topic")
                .isEqualTo("letters.views")
                .jsonPath("$.items[0].reason")
                .value(reason -> assertThat((String) reason).contains("ce_type"))
                .jsonPath("$.items[0].replayedAt")
                .isEmpty();
        assertThat(replay(Map.of("topic", "views")).unreadable()).isPositive();
        assertThat(hits()).isZero();
    }

    @Test
    void aViewThatCanBeReadByNowIsCountedOnceHoweverOftenItIsReplayed() {
        var letter = letter(sent("letters.views", event(view(article, "v", Instant.now()))));
        kafka.send(letter).join();
        kafka.send(letter).join(); // redelivered, and kept again

        Outcome first = replay(Map.of("since", Instant.now().minusSeconds(3_600).toString()));
        Outcome second = replay(Map.of());

        assertThat(first.replayed()).isOne();
        assertThat(second.replayed()).isZero();
        assertThat(second.before()).isGreaterThanOrEqualTo(2);
        await().untilAsserted(() -> assertThat(hits()).isOne());
        ConsumerRecord<String, byte[]> again = NewestRecord.find(consumers, "letters.views", article);
        assertThat(again.timestamp()).isEqualTo(letter.timestamp());
        assertThat(ReplayedRecord.all(again)).containsExactly(new ReplayedRecord(0, 4_711));
        assertThat(again.headers().lastHeader("dead-letter-reason")).isNull();
        operator.get()
                .uri(LETTERS + "?limit=1")
                .exchange()
                .expectBody()
                .jsonPath("$.items[0].replayedAt")
                .isNotEmpty()
                .jsonPath("$.nextCursor")
                .isNotEmpty();
    }

    @Test
    void oneThatMayHaveBeenSentBeforeAKillIsSentOnlyWhereItIsNotThere() {
        var lost = letter(sent("letters.views", event(view(article, "lost", Instant.now()))));
        var arrived = letter(sent("letters.views", event(view(article, "arrived", Instant.now()))));
        kafka.send(lost).join();
        kafka.send(arrived).join();
        claimed(lost);
        claimed(arrived);
        var there = sent("letters.views", event(view(article, "arrived", Instant.now())));
        there.headers().add(ReplayedRecord.LETTER, id(arrived).getBytes(UTF_8));
        kafka.send(there).join();

        Outcome outcome = replay(Map.of());

        assertThat(outcome.replayed()).isOne();
        await().untilAsserted(() -> assertThat(hits()).isEqualTo(2));
    }

    @Test
    void anArticlesVersionIsStoredUnlessANewerOneIs() {
        var events = new ArticleEvents("letters.articles", article, "campus", "Newest");
        kafka.send(letter(events.published())).join();

        replay(Map.of("topic", "articles"));

        assertThat(requireNonNull(articles.find(article).block()).title()).isEqualTo("Newest");
        kafka.send(letter(new ArticleEvents("letters.articles", article, "campus", "Older").created()))
                .join();
        replay(Map.of("topic", "articles"));
        assertThat(requireNonNull(articles.find(article).block()).title()).isEqualTo("Newest");
    }

    @ParameterizedTest
    @CsvSource({"?topic=hits, topic", "?limit=101, limit", "?cursor=x, cursor", "?cursor=-1, cursor", "?sice=1, sice"})
    void aListThatIsAskedForWronglyNamesWhatIsWrong(String query, String field) {
        operator.get()
                .uri(LETTERS + query)
                .exchange()
                .expectStatus()
                .isBadRequest()
                .expectBody()
                .jsonPath("$.errors[0].field")
                .isEqualTo(field);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {"{\"topic\": \"hits\"} | topic", "{\"since\": \"soon\"} | since", "{\"all\": true} | all"})
    void aReplayThatIsAskedForWronglyNamesWhatIsWrong(String body, String field) {
        operator.post()
                .uri(LETTERS + "/replay")
                .contentType(MediaType.APPLICATION_JSON)
                .bodyValue(body)
                .exchange()
                .expectStatus()
                .isBadRequest()
                .expectBody()
                .jsonPath("$.errors[0].field")
                .isEqualTo(field);
    }

    @Test
    void onlyOperatorsMay() {
        StatsClient.ofAnyone(port)
                .post()
                .uri(LETTERS + "/replay")
                .headers(headers -> headers.setBearerAuth(StaffTokens.of("writer", "EDITOR")))
                .exchange()
                .expectStatus()
                .isForbidden();
    }

    private Outcome replay(Map<String, String> request) {
        return requireNonNull(operator.post()
                .uri(LETTERS + "/replay")
                .bodyValue(request)
                .exchange()
                .expectStatus()
                .isOk()
                .expectBody(Outcome.class)
                .returnResult()
                .getResponseBody());
    }

    /** Of a record that an earlier release could not read, and this one can. */
    private static ProducerRecord<String, byte[]> letter(ProducerRecord<String, byte[]> record) {
        var letter = new ProducerRecord<>(
                record.topic() + ".dead-letters",
                null,
                record.timestamp() == null ? Instant.now().toEpochMilli() : record.timestamp(),
                record.key(),
                record.value(),
                record.headers());
        List.of("topic " + record.topic(), "partition 0", "offset 4711", "reason too new")
                .forEach(header -> letter.headers()
                        .add("dead-letter-" + header.split(" ", 2)[0], header.split(" ", 2)[1].getBytes(UTF_8)));
        return letter;
    }

    private static String id(ProducerRecord<String, byte[]> letter) {
        return "letters.views-0@4711/" + letter.timestamp() + "/"
                + new String(letter.headers().lastHeader("ce_id").value(), UTF_8);
    }

    private void claimed(ProducerRecord<String, byte[]> letter) {
        mongo.insert(new Document("_id", id(letter)).append("claimedAt", Date.from(LONG_AGO)), "stats_replayed_letters")
                .block();
    }

    private Long hits() {
        return requireNonNull(totals.fencedHits(article).block()).sum();
    }
}
