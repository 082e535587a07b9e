package broadsheet.stats.total;

import static broadsheet.stats.ViewEvents.view;
import static broadsheet.stats.total.UnsentTotals.SETTLED;
import static com.mongodb.client.model.Filters.eq;
import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import broadsheet.stats.StoredDocuments;
import broadsheet.stats.TestStatsProperties;
import broadsheet.stats.classification.Classification;
import broadsheet.stats.classification.ClassifiedView;
import broadsheet.stats.position.Place;
import broadsheet.testservers.MongoServers;
import com.mongodb.client.model.UpdateOptions;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Date;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;
import org.bson.Document;
import org.bson.conversions.Bson;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.MethodSource;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** Whichever instance sends what, and whenever it dies: in the end the last record of an article is its total. */
@ParameterizedClass
@MethodSource("servers")
class UnsentTotalsIntegrationTests {

    /** {@code Hits.LONGEST_WAY} of article-service. */
    private static final Duration AS_OLD_AS_READERS_ALLOW = Duration.ofMinutes(2);

    private final StoredDocuments store;
    private final UnsentTotals one;
    private final UnsentTotals other;
    private final List<UnsentTotal> topic = new ArrayList<>();
    private Instant now = Instant.parse("2026-03-01T12:00:00Z");

    UnsentTotalsIntegrationTests(String uri) {
        store = new StoredDocuments(uri);
        InstantSource clock = () -> now;
        one = new UnsentTotals(store.served(), clock);
        other = new UnsentTotals(store.served(), clock);
    }

    static Stream<Named<String>> servers() {
        return MongoServers.uris("totals-" + UUID.randomUUID());
    }

    @AfterEach
    void drop() {
        store.drop();
        store.close();
    }

    @Test
    void aTotalIsSentAtOnceAndAgainWhenNoOlderOneCanBeOnItsWay() {
        count();

        sweep(one);
        sweep(one);
        assertThat(topic).extracting(UnsentTotal::hits).containsExactly(1L);

        now = now.plus(SETTLED);
        sweep(other);
        sweep(one);
        assertThat(topic).extracting(UnsentTotal::hits).containsExactly(1L, 1L);
    }

    @Test
    void aTotalThatGrewWhileItWasSentIsSentAnew() {
        count();
        List<UnsentTotal> read = due(one);
        count();
        send(one, read);

        sweep(one);

        assertThat(topic).extracting(UnsentTotal::hits).containsExactly(1L, 2L);
    }

    /** Its hits are the same before and after an import. */
    @Test
    void aTotalThatIsImportedToWhileItIsSentIsSentAnew() {
        count();
        List<UnsentTotal> first = due(one);
        sendAgain();
        send(one, first);
        List<UnsentTotal> anew = due(one);
        assertThat(anew).extracting(UnsentTotal::hits).containsExactly(1L);

        send(one, anew);
        now = now.plus(SETTLED);
        List<UnsentTotal> second = due(one);
        sendAgain();
        send(one, second);
        assertThat(due(one)).hasSize(1);
    }

    @Test
    void aTotalWhoseChangesNoEarlierReleaseCountedIsMarkedAsWell() {
        var stored = new Document("_id", "a").append("hits", 7L).append("unsent", true);
        store.collections()
                .named(ArticleTotals.COLLECTION)
                .flatMap(totals -> Mono.from(totals.insertOne(stored)))
                .block();
        List<UnsentTotal> read = due(one);
        sendAgain();
        send(one, read);
        assertThat(due(one)).hasSize(1);

        store.collections()
                .named(ArticleTotals.COLLECTION)
                .flatMap(totals -> Mono.from(totals.replaceOne(eq("_id", "a"), stored)))
                .block();
        sweep(one);
        now = now.plus(SETTLED);
        sweep(one);
        assertThat(topic).extracting(UnsentTotal::hits).containsExactly(7L, 7L, 7L);
        assertThat(store.find(ArticleTotals.COLLECTION, "a")).doesNotContainKeys("unsent", "sentAt");
    }

    @Test
    void theSlowerOfTwoDoesNotHaveTheLastWordWhoeverIsDoneFirst() {
        for (boolean slowIsDoneFirst : List.of(true, false)) {
            count();
            List<UnsentTotal> older = due(one);
            count();
            List<UnsentTotal> newer = due(other);
            topic.addAll(newer);
            topic.addAll(older);
            assertThat(last().hits()).isLessThan(hits());
            (slowIsDoneFirst ? one.markSent(older) : other.markSent(newer)).block();
            (slowIsDoneFirst ? other.markSent(newer) : one.markSent(older)).block();

            now = now.plus(SETTLED);
            sweep(other);

            assertThat(last().hits()).isEqualTo(hits());
        }
    }

    @Test
    void theSlowerOfTwoMayDieBeforeItIsDone() {
        count();
        List<UnsentTotal> older = due(one);
        count();
        send(other, due(other));
        topic.addAll(older);

        now = now.plus(SETTLED);
        sweep(other);

        assertThat(last().hits()).isEqualTo(hits());
        assertThat(due(one)).isEmpty();
    }

    @Test
    void aTotalThatGrowsBeforeItIsSentAgainIsStillUnsent() {
        count();
        sweep(one);
        now = now.plus(SETTLED);
        List<UnsentTotal> again = due(one);
        count();
        send(one, again);

        sweep(one);

        assertThat(last().hits()).isEqualTo(2);
    }

    /** Else readers take a total that fell for an older one, twice. */
    @Test
    void theSecondSendingIsLaterThanAnyBeforeItByTheClocksOfInstancesThatDiffer() {
        var ahead = new UnsentTotals(store.served(), () -> now.plusSeconds(150));
        count();
        sweep(ahead);
        count(); // as where an import is taken back
        sweep(one);

        now = now.plus(SETTLED);
        sweep(one);

        assertThat(topic).hasSize(3);
        assertThat(last().asOf()).isAfterOrEqualTo(topic.get(0).asOf().plus(AS_OLD_AS_READERS_ALLOW));
    }

    @Test
    void itIsAsOfWhenItWasReadNotWhenItWasSent() {
        count();
        Instant read = now;
        List<UnsentTotal> older = due(one);
        now = now.plusSeconds(10);

        assertThat(older).extracting(UnsentTotal::asOf).containsExactly(read);
    }

    @Test
    void whatAnEarlierReleaseLeftUnsentIsSent() {
        var totals = new ArticleTotals(store.served(), TestStatsProperties.THRESHOLDS);
        var announced = new Document("_id", "a").append("hits", 7L).append("bots", 0L);
        store.collections()
                .named(totals.collection())
                .flatMapMany(documents -> Flux.from(documents.insertOne(
                                announced.append("unannounced", true).append("announcedAt", Date.from(now))))
                        .thenMany(Flux.from(totals.upgrade(documents))))
                .blockLast();

        sweep(one);

        assertThat(topic).extracting(UnsentTotal::hits).containsExactly(7L);
        assertThat(store.find(totals.collection(), "a")).doesNotContainKeys("unannounced", "announcedAt");
    }

    @Test
    void aThresholdWasReachedByTheHitThatMadeItTrueHoweverTheViewsAreBatched() {
        var totals = new ArticleTotals(store.served(), TestStatsProperties.THRESHOLDS);
        List<ClassifiedView> views = List.of(hit(3, 30), hit(1, 50), hit(2, 10));

        assertThat(reached(totals.change(views, new Document("hits", 1L)))).isEqualTo(now.plusSeconds(10));
        assertThat(reached(totals.change(views.subList(0, 1), new Document("hits", 2L))))
                .isEqualTo(now.plusSeconds(30));
        assertThat(reached(totals.change(views, new Document("hits", 3L)))).isNull();
        assertThat(reached(totals.change(views, new Document("imported", 1L))))
                .as("as readers see it")
                .isEqualTo(now.plusSeconds(10));
    }

    private ClassifiedView hit(long offset, long second) {
        return ClassifiedView.of(
                "t-0", new Place(0, offset), Classification.COUNTED, view("a", "v" + offset, now.plusSeconds(second)));
    }

    private static @Nullable Instant reached(Bson change) {
        var set = change.toBsonDocument().getDocument("$set");
        return set.containsKey("reached.3")
                ? Instant.ofEpochMilli(set.getDateTime("reached.3").getValue())
                : null;
    }

    /** As an import has it done once it is stored. */
    private void sendAgain() {
        new ArticleTotals(store.served(), TestStatsProperties.THRESHOLDS)
                .sendAgain(List.of("a"))
                .block();
    }

    /** As the counting writes it. */
    private void count() {
        var hit = ClassifiedView.of("t-0", new Place(0, 0), Classification.COUNTED, view("a", "v", now));
        Bson change =
                new ArticleTotals(store.served(), TestStatsProperties.THRESHOLDS).change(List.of(hit), new Document());
        store.collections()
                .named(ArticleTotals.COLLECTION)
                .flatMap(
                        totals -> Mono.from(totals.updateOne(eq("_id", "a"), change, new UpdateOptions().upsert(true))))
                .block();
    }

    private static List<UnsentTotal> due(UnsentTotals totals) {
        return totals.due().collectList().blockOptional().orElseThrow();
    }

    private void send(UnsentTotals totals, List<UnsentTotal> read) {
        topic.addAll(read);
        totals.markSent(read).block();
    }

    private void sweep(UnsentTotals totals) {
        send(totals, due(totals));
    }

    private UnsentTotal last() {
        return topic.get(topic.size() - 1);
    }

    private long hits() {
        return requireNonNull(store.find(ArticleTotals.COLLECTION, "a")).getLong("hits");
    }
}
