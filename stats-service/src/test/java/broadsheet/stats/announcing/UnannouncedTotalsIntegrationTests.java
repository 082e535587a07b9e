package broadsheet.stats.announcing;

import static broadsheet.stats.announcing.UnannouncedTotals.SETTLED;
import static com.mongodb.client.model.Filters.eq;
import static com.mongodb.client.model.Updates.combine;
import static com.mongodb.client.model.Updates.inc;
import static com.mongodb.client.model.Updates.set;
import static com.mongodb.client.model.Updates.unset;
import static org.assertj.core.api.Assertions.assertThat;

import broadsheet.stats.StatsCollections;
import broadsheet.stats.Store;
import broadsheet.testservers.MongoServers;
import com.mongodb.client.model.UpdateOptions;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.MethodSource;
import reactor.core.publisher.Mono;

/** Whoever announces what, and whenever it dies: in the end the last record of an article is its total. */
@ParameterizedClass
@MethodSource("servers")
class UnannouncedTotalsIntegrationTests {

    private final Store store;
    private final UnannouncedTotals one;
    private final UnannouncedTotals other;
    private final List<Total> topic = new ArrayList<>();
    private Instant now = Instant.parse("2026-03-01T12:00:00Z");

    UnannouncedTotalsIntegrationTests(String uri) {
        store = new Store(uri);
        InstantSource clock = () -> now;
        one = new UnannouncedTotals(store.collections(), clock);
        other = new UnannouncedTotals(store.collections(), clock);
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
    void aTotalIsAnnouncedAtOnceAndAgainWhenNoOlderOneCanBeOnItsWay() {
        count();

        sweep(one);
        sweep(one);
        assertThat(topic).extracting(Total::hits).containsExactly(1L);

        now = now.plus(SETTLED);
        sweep(other);
        sweep(one);
        assertThat(topic).extracting(Total::hits).containsExactly(1L, 1L);
    }

    @Test
    void aTotalThatGrewWhileItWasAnnouncedIsAnnouncedAnew() {
        count();
        List<Total> read = due(one);
        count();
        announce(one, read);

        sweep(one);

        assertThat(topic).extracting(Total::hits).containsExactly(1L, 2L);
    }

    @Test
    void theSlowerOfTwoDoesNotHaveTheLastWordWhoeverIsDoneFirst() {
        for (boolean slowIsDoneFirst : List.of(true, false)) {
            count();
            List<Total> older = due(one);
            count();
            List<Total> newer = due(other);
            topic.addAll(newer);
            topic.addAll(older);
            assertThat(last().hits()).isLessThan(hits());
            (slowIsDoneFirst ? one.announced(older) : other.announced(newer)).block();
            (slowIsDoneFirst ? other.announced(newer) : one.announced(older)).block();

            now = now.plus(SETTLED);
            sweep(other);

            assertThat(last().hits()).isEqualTo(hits());
        }
    }

    @Test
    void theSlowerOfTwoMayDieBeforeItIsDone() {
        count();
        List<Total> older = due(one);
        count();
        announce(other, due(other));
        topic.addAll(older);

        now = now.plus(SETTLED);
        sweep(other);

        assertThat(last().hits()).isEqualTo(hits());
        assertThat(due(one)).isEmpty();
    }

    @Test
    void aTotalThatGrowsBeforeItsSecondAnnouncementIsNotDone() {
        count();
        sweep(one);
        now = now.plus(SETTLED);
        List<Total> again = due(one);
        count();
        announce(one, again);

        sweep(one);

        assertThat(last().hits()).isEqualTo(2);
    }

    @Test
    void itIsAsOfWhenItWasReadNotWhenItWasSent() {
        count();
        Instant read = now;
        List<Total> older = due(one);
        now = now.plusSeconds(10);

        assertThat(older).extracting(Total::asOf).containsExactly(read);
    }

    /** As the counting writes it. */
    private void count() {
        update(combine(inc("hits", 1L), set("unannounced", true), unset("announcedAt")));
    }

    private void update(org.bson.conversions.Bson change) {
        store.collections()
                .named(StatsCollections.TOTALS)
                .flatMap(
                        totals -> Mono.from(totals.updateOne(eq("_id", "a"), change, new UpdateOptions().upsert(true))))
                .block();
    }

    private static List<Total> due(UnannouncedTotals totals) {
        return totals.all().collectList().blockOptional().orElseThrow();
    }

    private void announce(UnannouncedTotals totals, List<Total> read) {
        topic.addAll(read);
        totals.announced(read).block();
    }

    private void sweep(UnannouncedTotals totals) {
        announce(totals, due(totals));
    }

    private Total last() {
        return topic.get(topic.size() - 1);
    }

    private long hits() {
        return java.util.Objects.requireNonNull(store.find(StatsCollections.TOTALS, "a"))
                .getLong("hits");
    }
}
