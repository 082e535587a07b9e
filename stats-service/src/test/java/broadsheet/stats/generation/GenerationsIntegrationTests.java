package broadsheet.stats.generation;

import static broadsheet.stats.ViewEvents.event;
import static broadsheet.stats.ViewEvents.sent;
import static broadsheet.stats.ViewEvents.view;
import static broadsheet.testservers.PatientAwait.await;
import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.springframework.data.mongodb.core.query.Criteria.where;
import static org.springframework.data.mongodb.core.query.Query.query;

import broadsheet.stats.IntegrationTest;
import broadsheet.stats.history.ArticleDays;
import broadsheet.stats.total.ArticleTotals;
import java.time.Instant;
import java.util.UUID;
import org.bson.Document;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.data.mongodb.core.ReactiveMongoTemplate;
import org.springframework.data.mongodb.core.query.Query;
import org.springframework.data.mongodb.core.query.Update;
import org.springframework.kafka.core.KafkaTemplate;
import org.springframework.test.context.TestPropertySource;

/** What a release adds is counted beside what is served, until it is switched. */
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
class GenerationsIntegrationTests {

    @Autowired
    KafkaTemplate<String, byte[]> kafka;

    @Autowired
    ArticleTotals totals;

    @Autowired
    ArticleDays days;

    @Autowired
    ServedGenerations served;

    @Autowired
    ReactiveMongoTemplate mongo;

    private final String article = "article-" + UUID.randomUUID();
    private final Instant now = Instant.now();

    @SuppressWarnings("NullAway.Init")
    GenerationsIntegrationTests() {}

    @BeforeEach
    void openOnce() {
        open("one");
        await().untilAsserted(() -> assertThat(hits()).isOne());
    }

    @Test
    void aProjectionThatIsNewIsFilledFromTheFirstViewAndServedOnceItIsComplete() {
        int before = requireNonNull(served.number(ArticleDays.COLLECTION).block());
        anEarlierReleaseDidNotKnow(ArticleDays.COLLECTION);

        await().untilAsserted(() ->
                assertThat(served.number(ArticleDays.COLLECTION).block()).isGreaterThan(before));

        assertThat(days.visitors(article).block()).isOne();
        open("two");
        await().untilAsserted(() -> assertThat(days.visitors(article).block()).isEqualTo(2));
        assertThat(requireNonNull(mongo.findById(
                                article + "@" + now.toString().substring(0, 10),
                                Document.class,
                                Generation.numbered(
                                        ArticleDays.COLLECTION,
                                        requireNonNull(served.number(ArticleDays.COLLECTION)
                                                .block())))
                        .block()))
                .containsEntry("hits", 2L);
    }

    @Test
    void whatAnotherGenerationCountedIsNotComparable() {
        anEarlierReleaseDidNotKnow(ArticleDays.COLLECTION);

        await().untilAsserted(() -> assertThat(
                        days.areCountedWith(ArticleTotals.COLLECTION).block())
                .isFalse());
    }

    @Test
    void whatWasCountedBeforeThereWereGenerationsStaysAndOnlyTheRestIsFilled() {
        open("one");
        mongo.remove(new Query(), Generations.COLLECTION).block();

        await().untilAsserted(() -> {
            assertThat(served.number(ArticleTotals.COLLECTION).block()).isEqualTo(Generation.FIRST);
            assertThat(served.number(ArticleDays.COLLECTION).block()).isGreaterThan(Generation.FIRST);
        });
        assertThat(days.visitors(article).block()).isOne();
    }

    @Test
    void aGenerationOfWhatEarlierReleasesFilledIsCountedOn() {
        mongo.updateMulti(
                        query(where("_id").ne(ServedGenerations.ID)),
                        new Update().addToSet("projections", "stats_hours"),
                        Generations.COLLECTION)
                .block();

        open("two");

        await().untilAsserted(() -> assertThat(hits()).isEqualTo(2));
    }

    private void anEarlierReleaseDidNotKnow(String projection) {
        mongo.updateMulti(
                        query(where("_id").ne(ServedGenerations.ID)),
                        new Update().pull("projections", projection),
                        Generations.COLLECTION)
                .block();
        mongo.updateMulti(
                        query(where("_id").is(ServedGenerations.ID)),
                        new Update().unset("numbers." + projection),
                        Generations.COLLECTION)
                .block();
    }

    private void open(String visitor) {
        kafka.send(sent("anew.views", event(view(article, visitor, now)))).join();
    }

    private Long hits() {
        return requireNonNull(totals.fencedHits(article).block()).sum();
    }
}
