package broadsheet.stats.projection;

import static com.mongodb.client.model.Filters.eq;
import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.when;

import broadsheet.stats.StoredDocuments;
import broadsheet.stats.erased.ErasureProperties;
import broadsheet.stats.generation.Generation;
import broadsheet.stats.generation.Generations;
import broadsheet.stats.kafka.ViewsTopic;
import broadsheet.stats.position.PartitionPosition;
import broadsheet.stats.position.PartitionPositions;
import broadsheet.stats.position.Place;
import broadsheet.testservers.MongoServers;
import com.mongodb.MongoSocketReadException;
import com.mongodb.ServerAddress;
import com.mongodb.client.model.Filters;
import com.mongodb.client.model.Updates;
import com.mongodb.reactivestreams.client.MongoCollection;
import java.lang.reflect.Proxy;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.bson.Document;
import org.bson.conversions.Bson;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.MethodSource;
import org.reactivestreams.Publisher;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** What is moved is neither lost nor moved twice, on the embedded server and on MongoDB. */
@ParameterizedClass
@MethodSource("servers")
class DocumentMoveIntegrationTests {

    private static final Set<String> WRITES = Set.of("replaceOne", "insertOne", "updateOne", "deleteOne");
    private static final Duration FENCES_KEPT = Duration.ofMinutes(5);
    private static final Map<String, PartitionPosition> POSITIONS =
            Map.of("t-0", new PartitionPosition("t-0", new Place(1, 100), Instant.EPOCH));
    private static final Bson ALL = Filters.empty();
    private static final CountedTo COUNTED = new CountedTo(POSITIONS, "t");

    private final StoredDocuments store;
    private final MongoCollection<Document> documents;
    private Instant now = Instant.parse("2026-03-01T12:00:00Z");
    private final DocumentMove move = new DocumentMove(new Hits(), FENCES_KEPT, () -> now);

    DocumentMoveIntegrationTests(String uri) {
        store = new StoredDocuments(uri);
        documents = requireNonNull(store.collections().named("numbers").block());
    }

    static Stream<Named<String>> servers() {
        return MongoServers.uris("moves-" + UUID.randomUUID());
    }

    @AfterEach
    void drop() {
        store.drop();
        store.close();
    }

    /** Documents that count hits. */
    private static final class Hits implements MovedCounts {

        @Override
        public Document of(Document from) {
            return from.getLong("hits") == 0 ? new Document() : new Document("hits", from.getLong("hits"));
        }

        @Override
        public String to(Document from) {
            return "together";
        }

        @Override
        public Document rest(Document from) {
            return new Document("_id", from.get("_id")).append("hits", 0L);
        }

        @Override
        public Bson isUnchanged(Document read) {
            return Filters.empty();
        }

        @Override
        public Document add(Document to, Document counts) {
            return new Document("_id", to.get("_id")).append("hits", to.get("hits", 0L) + counts.getLong("hits"));
        }
    }

    @Test
    void aMoveThatEndsAnywhereIsCompletedByTheNext() {
        store.insert("numbers", counted("together", 1_000, 7));
        long all = 1_000;
        for (boolean done : List.of(false, true)) {
            for (int write = 1; write <= 3; write++) {
                String id = "a-" + done + write;
                store.insert("numbers", counted(id, 5, 10));
                all += 5;
                assertThatThrownBy(failing(id, write, done)::block).hasMessageContaining("Injected");
                assertThat(sumIncludingWhatIsAside()).as("at write %s", write).isBetween(all - 5, all + 5);

                move(id);

                assertThat(hits(id)).isZero();
                assertThat(hits("together")).isEqualTo(all);
            }
        }
    }

    @Test
    void aMoveThatWasLeftIsCompletedBeforeItsTargetForgetsIt() {
        store.insert("numbers", counted("left", 5, 10));
        assertThatThrownBy(failing("left", 2, true)::block).hasMessageContaining("Injected");
        for (int i = 0; i < 101; i++) {
            store.insert("numbers", counted("a" + i, 1, 10));
        }

        move.move(documents, Filters.regex("_id", "^a"), ALL, COUNTED).block();
        move("left");

        assertThat(hits("together")).isEqualTo(5 + 101);
    }

    @Test
    void severalThatMoveTheSameAtOnceMoveItOnce() {
        for (int i = 0; i < 20; i++) {
            store.insert("numbers", counted("a" + i, 5, 10));
        }

        Flux.range(0, 8)
                .flatMap(instance -> move.move(documents, Filters.regex("_id", "^a"), ALL, COUNTED))
                .then(move.move(documents, Filters.regex("_id", "^a"), ALL, COUNTED))
                .block();

        assertThat(hits("together")).isEqualTo(100);
    }

    @Test
    void whatIsCountedAfterAMoveIsTheNextMoves() {
        store.insert("numbers", counted("a", 5, 10));
        move("a");
        count("a", 2, 11);

        move("a");

        assertThat(hits("a")).isZero();
        assertThat(hits("together")).isEqualTo(7);
        assertThat(Fences.of(requireNonNull(store.find("numbers", "together")))).containsEntry("t-0", new Place(1, 11));
    }

    @Test
    void theFenceStaysUntilItsRecordsAreNotDeliveredAgain() {
        store.insert("numbers", counted("a", 5, 99));
        store.insert("numbers", counted("b", 5, 100));
        move("a");
        move("b");
        assertThat(Fences.of(requireNonNull(store.find("numbers", "a")))).containsEntry("t-0", new Place(1, 99));

        now = now.plus(FENCES_KEPT);
        move("a");
        move("b");

        assertThat(store.find("numbers", "a")).isNull();
        assertThat(store.find("numbers", "b"))
                .as("its position is not stored yet")
                .isNotNull();
    }

    @Test
    void ofATopicThatWasMadeAnewNoFenceIsLeft() {
        store.insert("numbers", counted("a", 5, 100));
        move("a");
        now = now.plus(FENCES_KEPT);

        move.move(documents, eq("_id", "a"), ALL, new CountedTo(POSITIONS, null))
                .block();
        assertThat(store.find("numbers", "a"))
                .as("nobody knows which topic there is")
                .isNotNull();

        move.move(documents, eq("_id", "a"), ALL, new CountedTo(POSITIONS, "t2"))
                .block();
        assertThat(store.find("numbers", "a")).isNull();
        assertThat(hits("together")).isEqualTo(5);
    }

    @Test
    void aGenerationIsLeftAloneUntilItsCopiesAreComplete() {
        for (int number : List.of(1, 2)) {
            store.insert(
                    "stats_generations",
                    new Document("_id", number)
                            .append("ruleset", "rules")
                            .append("projections", List.of("numbers"))
                            .append("state", number == 2 ? "copying" : null));
            store.insert(Generation.numbered("numbers", number), counted("a", 5, 10));
        }

        moves().move("numbers", new Hits(), eq("_id", "a"), ALL).block();
        assertThat(hits("a")).isZero();
        assertThat(requireNonNull(store.find("numbers_2", "a"))).containsEntry("hits", 5L);

        Mono.from(requireNonNull(store.collections().named("stats_generations").block())
                        .updateOne(eq("_id", 2), Updates.set("state", "counting")))
                .block();
        moves().move("numbers", new Hits(), eq("_id", "a"), ALL).block();
        assertThat(requireNonNull(store.find("numbers_2", "together"))).containsEntry("hits", 5L);
        assertThat(hits("together")).isEqualTo(5);
    }

    private GenerationMoves moves() {
        ViewsTopic topic = mock();
        when(topic.id()).thenReturn(Mono.just("t"));
        return new GenerationMoves(
                new Generations(store.collections(), () -> now),
                store.served(),
                new PartitionPositions(store.collections()),
                topic,
                new ErasureProperties(Duration.ZERO, Duration.ZERO, Duration.ZERO, FENCES_KEPT),
                () -> now);
    }

    private static Document counted(String id, long hits, long offset) {
        return new Document("_id", id)
                .append("hits", hits)
                .append(Fences.FIELD, new Document("t-0", Fences.at(new Place(1, offset))));
    }

    private void count(String id, long hits, long offset) {
        Mono.from(documents.updateOne(
                        eq("_id", id),
                        Updates.combine(
                                Updates.inc("hits", hits),
                                Updates.set(Fences.FIELD + ".t-0", Fences.at(new Place(1, offset))))))
                .block();
    }

    private void move(String id) {
        move.move(documents, eq("_id", id), ALL, COUNTED).block();
    }

    private long hits(String id) {
        return requireNonNull(store.find("numbers", id)).getLong("hits");
    }

    private long sumIncludingWhatIsAside() {
        return store.all("numbers", Filters.empty()).stream()
                .mapToLong(one -> one.getLong("hits") + one.getEmbedded(List.of("moved", "counts", "hits"), 0L))
                .sum();
    }

    /** @param done whether the write that fails is done nevertheless */
    @SuppressWarnings("unchecked")
    private Mono<Void> failing(String id, int write, boolean done) {
        var writes = new AtomicInteger();
        var collection = (MongoCollection<Document>) Proxy.newProxyInstance(
                MongoCollection.class.getClassLoader(),
                new Class<?>[] {MongoCollection.class},
                (proxy, method, arguments) -> {
                    boolean fails = WRITES.contains(method.getName()) && writes.incrementAndGet() == write;
                    if (method.getName().equals("withReadConcern")) {
                        return proxy;
                    }
                    if (!fails) {
                        return method.invoke(documents, arguments);
                    }
                    Mono<Void> before =
                            done ? Mono.when((Publisher<?>) method.invoke(documents, arguments)) : Mono.empty();
                    return before.then(Mono.error(new MongoSocketReadException("Injected", new ServerAddress())));
                });
        return move.move(collection, eq("_id", id), ALL, COUNTED);
    }
}
