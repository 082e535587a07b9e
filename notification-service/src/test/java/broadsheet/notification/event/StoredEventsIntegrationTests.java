package broadsheet.notification.event;

import static broadsheet.notification.ArticleEvents.corrected;
import static broadsheet.notification.ArticleEvents.ofVersion;
import static broadsheet.notification.ArticleEvents.published;
import static broadsheet.notification.ArticleEvents.withdrawn;
import static com.mongodb.client.model.Filters.eq;
import static com.mongodb.client.model.Updates.set;
import static org.assertj.core.api.Assertions.assertThat;

import broadsheet.events.ArticleMilestone;
import broadsheet.events.ArticlePublished;
import broadsheet.events.Envelope;
import broadsheet.events.Event;
import broadsheet.testservers.TestServers;
import com.mongodb.reactivestreams.client.MongoClient;
import com.mongodb.reactivestreams.client.MongoClients;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.springframework.data.mongodb.core.ReactiveMongoTemplate;
import org.springframework.data.mongodb.core.SimpleReactiveMongoDatabaseFactory;
import reactor.core.publisher.Flux;
import tools.jackson.databind.json.JsonMapper;

class StoredEventsIntegrationTests {

    private static final Duration TIME_LIMIT = Duration.ofMinutes(1);
    private static final Instant NOW = Instant.parse("2026-05-04T10:00:00Z");

    private static final MongoClient CLIENT = MongoClients.create(TestServers.mongoUri("events"));

    private final ReactiveMongoTemplate mongo =
            new ReactiveMongoTemplate(new SimpleReactiveMongoDatabaseFactory(CLIENT, "events-" + UUID.randomUUID()));
    private final HeldMilestones held = new HeldMilestones(mongo);
    private final StoredEvents events = new StoredEvents(mongo, held, JsonMapper.shared());
    private final IncomingEvents incoming =
            new IncomingEvents(mongo, events, new LatestArticles(mongo), held, JsonMapper.shared());

    @AfterAll
    static void close() {
        CLIENT.close();
    }

    @Test
    void aMilestoneIsHeldUntilItsArticleIsHeardOfAndEveryoneIsTold() {
        assertThat(store(milestone())).isEmpty();

        Envelope<?> publication = at(NOW, published("article", "news"));
        read(publication);
        List<PublicEvent> waiting = get(incoming.waitingFor(publication));
        assertThat(waiting).extracting(PublicEvent::kind).containsExactly(EventKind.MILESTONE);
        assertThat(get(incoming.waitingFor(publication)))
                .hasSize(1); // since the service may be killed before it has told

        held.release(waiting.get(0)).block(TIME_LIMIT);

        assertThat(get(incoming.waitingFor(publication))).isEmpty();
    }

    @Test
    void nobodyIsToldOfAnImportedArticleButOfItsMilestones() {
        Envelope<?> imported =
                at(NOW, ArticlePublished.silently(published("article", "news").article()));
        read(imported);

        assertThat(get(events.ofArticle("article"))).isEmpty();
        assertThat(store(milestone())).extracting(PublicEvent::kind).containsExactly(EventKind.MILESTONE);
    }

    @Test
    void aMilestoneIsNotHeldWhereItsArticleIsWithdrawnAlsoLongAgo() {
        read(at(NOW, withdrawn("article", "news")));
        events.removeBefore(NOW.plusSeconds(1)).block(TIME_LIMIT);

        assertThat(store(milestone())).isEmpty();

        Envelope<?> again = at(NOW.plusSeconds(2), ofVersion(5, published("article", "news")));
        read(again);
        assertThat(get(incoming.waitingFor(again))).isEmpty();
    }

    @Test
    void aMilestoneThatIsHeldEndsWithItsArticle() {
        store(milestone());
        Envelope<?> withdrawal = at(NOW, withdrawn("article", "news"));
        read(withdrawal);

        assertThat(get(incoming.waitingFor(withdrawal))).isEmpty();

        Envelope<?> again = at(NOW.plusSeconds(2), ofVersion(5, published("article", "news")));
        read(again);
        assertThat(get(incoming.waitingFor(again))).isEmpty();
    }

    @Test
    void whatIsWithdrawnIsForgottenByItsVersionWhateverTheClocksSay() {
        Envelope<?> publication = at(NOW.plusSeconds(2), ofVersion(3, published("article", "news")));
        Envelope<?> withdrawal = at(NOW, ofVersion(4, withdrawn("article", "news")));
        read(publication);
        read(withdrawal);
        events.ofArticle("article")
                .filter(event -> event.kind() == EventKind.WITHDRAWN)
                .flatMap(events::forget)
                .blockLast(TIME_LIMIT);

        assertThat(get(events.ofArticle("article")))
                .extracting(event -> event.notification().id())
                .containsExactly(withdrawal.id());
        assertThat(store(milestone())).isEmpty();
    }

    @Test
    void whatWasCorrectedIsFoundByItsArticle() {
        Envelope<?> correction = at(NOW, ofVersion(4, corrected("article", "news")));
        read(at(NOW, published("article", "news")));
        read(correction);
        read(at(NOW, corrected("other", "news")));

        assertThat(get(events.corrections(List.of("article"))))
                .extracting(event -> event.notification().id())
                .containsExactly(correction.id());
    }

    @Test
    void anEventThatCannotBeReadHidesNoOther() {
        Envelope<?> broken = at(NOW, published("article", "news"));
        Envelope<?> other = at(NOW.plusSeconds(1), published("article", "news"));
        read(broken);
        read(other);
        Flux.from(mongo.execute(
                        events.collection(), some -> some.updateOne(eq("_id", broken.id()), set("type", "unheard.of"))))
                .blockLast(TIME_LIMIT);

        assertThat(get(events.ofArticle("article")))
                .extracting(event -> event.notification().id())
                .containsExactly(other.id());
        assertThat(get(events.since(NOW))).hasSize(1);
    }

    private void read(Envelope<?> envelope) {
        store(envelope);
        incoming.note(envelope).block(TIME_LIMIT);
    }

    private List<PublicEvent> store(Envelope<?> envelope) {
        return get(incoming.store(envelope).flux());
    }

    private static Envelope<?> milestone() {
        return at(NOW, new ArticleMilestone("article", ArticleMilestone.Kind.TRENDING, 1_000, NOW));
    }

    private static Envelope<?> at(Instant time, Event event) {
        return Envelope.of("/test", time, event);
    }

    private static <T> List<T> get(Flux<T> found) {
        return found.collectList().blockOptional(TIME_LIMIT).orElseThrow();
    }
}
