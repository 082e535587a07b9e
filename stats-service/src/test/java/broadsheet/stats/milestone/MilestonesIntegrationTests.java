package broadsheet.stats.milestone;

import static org.assertj.core.api.Assertions.assertThat;

import broadsheet.events.ArticleMilestone;
import broadsheet.stats.StoredDocuments;
import broadsheet.testservers.MongoServers;
import java.time.Instant;
import java.util.Date;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;
import org.bson.Document;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.MethodSource;
import reactor.core.publisher.Flux;
import reactor.core.scheduler.Schedulers;

/** However many find one, and whenever they die: each is stored once, and is unsent until it is sent. */
@ParameterizedClass
@MethodSource("servers")
class MilestonesIntegrationTests {

    private static final Instant NOON = Instant.parse("2026-11-27T12:00:00Z");

    private final StoredDocuments store;
    private final Milestones one;
    private final Milestones other;

    MilestonesIntegrationTests(String uri) {
        store = new StoredDocuments(uri);
        one = new Milestones(store.collections());
        other = new Milestones(store.collections());
    }

    static Stream<Named<String>> servers() {
        return MongoServers.uris("milestones-" + UUID.randomUUID());
    }

    @AfterEach
    void drop() {
        store.drop();
        store.close();
    }

    @Test
    void whatTwoFindIsAddedByOneOfThem() {
        Milestone found = Milestone.hitsReached("a", 100, 101, NOON);
        Milestone later = Milestone.hitsReached("a", 100, 150, NOON.plusSeconds(90));

        assertThat(added(one, found)).containsExactly(found);
        assertThat(added(other, later)).isEmpty();
        assertThat(added(one, later)).isEmpty();
        assertThat(unsent()).containsExactly(found);
    }

    @Test
    void whatManyFindAtTheSameTimeIsAddedByOneOfThem() {
        Milestone found = Milestone.trending("a", 7, NOON);

        List<Milestone> added = Flux.range(0, 20)
                .flatMap(
                        number -> new Milestones(store.collections())
                                .add(List.of(found))
                                .subscribeOn(Schedulers.parallel()),
                        20)
                .collectList()
                .block();

        assertThat(added).containsExactly(found);
    }

    @Test
    void whatACrashLeftUnsentIsFoundUntilItIsSent() {
        Milestone found = Milestone.hitsReached("a", 100, 101, NOON);
        added(one, found);
        assertThat(other.unsentBefore(NOON).collectList().block()).isEmpty();
        assertThat(unsent()).containsExactly(found);

        other.markSent(List.of(found)).block();

        assertThat(unsent()).isEmpty();
        assertThat(added(new Milestones(store.collections()), found)).isEmpty();
    }

    @Test
    void whatEarlierReleasesStoredIsSentAndErasedToo() {
        Milestone unsent = Milestone.hitsReached("a", 100, 101, NOON);
        Milestone sent = Milestone.trending("b", 7, NOON);
        store.collections()
                .named(one.collection())
                .flatMapMany(milestones -> Flux.from(
                                milestones.insertMany(List.of(earlier(unsent).append("unsent", true), earlier(sent))))
                        .thenMany(Flux.from(one.upgrade(milestones)))
                        .thenMany(Flux.from(one.upgrade(milestones))))
                .blockLast();

        assertThat(unsent()).containsExactly(unsent);
        assertThat(added(other, unsent, sent)).isEmpty();
        one.erase(List.of("a")).block();
        one.erase(List.of("b")).block();
        assertThat(store.all(one.collection(), new Document())).isEmpty();
    }

    private static Document earlier(Milestone milestone) {
        var event = (ArticleMilestone) milestone.event();
        return new Document("_id", milestone.id())
                .append("articleId", event.articleId())
                .append("kind", event.kind().name())
                .append("hits", event.hits())
                .append("noticedAt", Date.from(event.noticedAt()));
    }

    @Test
    void eachNumberAndEachDayIsOneOfItsOwn() {
        List<Milestone> different = List.of(
                Milestone.hitsReached("a", 100, 100, NOON),
                Milestone.hitsReached("a", 1_000, 1_000, NOON),
                Milestone.hitsReached("b", 100, 100, NOON),
                Milestone.trending("a", 100, NOON),
                Milestone.trending("a", 100, NOON.plusSeconds(86_400)),
                Milestone.trafficDropped("a", 100, NOON));

        assertThat(added(one, different.toArray(Milestone[]::new))).containsExactlyElementsOf(different);
        one.erase(List.of("a")).block();
        assertThat(unsent()).containsExactly(different.get(2));
    }

    private List<Milestone> unsent() {
        return other.unsentBefore(NOON.plusSeconds(100_000))
                .collectList()
                .blockOptional()
                .orElseThrow();
    }

    private static List<Milestone> added(Milestones milestones, Milestone... found) {
        return milestones.add(List.of(found)).collectList().blockOptional().orElseThrow();
    }
}
