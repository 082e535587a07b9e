package broadsheet.article.outbox;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import broadsheet.article.outbox.Outbox.DocumentRef;
import broadsheet.article.store.StoreErrorTranslator;
import broadsheet.events.ArticleHits;
import broadsheet.events.ArticlePublished;
import broadsheet.events.EncodedEvent;
import broadsheet.events.Envelope;
import broadsheet.events.EventCodec;
import broadsheet.testservers.MongoServers;
import com.mongodb.reactivestreams.client.MongoClients;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.stream.Stream;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.bson.Document;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.springframework.data.mongodb.core.ReactiveMongoTemplate;
import org.springframework.data.mongodb.core.SimpleReactiveMongoDatabaseFactory;
import reactor.util.context.Context;

class OutboxIntegrationTests {

    private Instant now = Instant.parse("2026-11-24T12:00:00Z");

    static Stream<Named<String>> servers() {
        return MongoServers.uris("outbox");
    }

    @ParameterizedTest
    @MethodSource("servers")
    void onlyTheHolderOfTheLeaseRelays(String uri) {
        try (var client = MongoClients.create(uri)) {
            var factory = new SimpleReactiveMongoDatabaseFactory(client, "lease-" + UUID.randomUUID());
            factory.setExceptionTranslator(new StoreErrorTranslator());
            var mongo = new ReactiveMongoTemplate(factory);
            var first = lease("first", mongo);
            var second = lease("", mongo);

            assertThat(first.acquireOrRenew().block()).isTrue();
            assertThat(second.acquireOrRenew().block()).isFalse();
            assertThat(first.isHeldFor(OutboxSender.TIME_LIMIT)).isTrue();
            assertThat(second.isHeldFor(Duration.ZERO)).isFalse();

            now = now.plus(RelayLease.LENGTH).minus(OutboxSender.TIME_LIMIT);
            assertThat(first.isHeldFor(OutboxSender.TIME_LIMIT)).isFalse();
            assertThat(second.acquireOrRenew().block()).isFalse();

            now = now.plus(OutboxSender.TIME_LIMIT).plusMillis(1);
            assertThat(second.acquireOrRenew().block()).isTrue();
            assertThat(first.acquireOrRenew().block()).isFalse();

            second.release().block();
            now = now.plusMillis(1);
            assertThat(first.acquireOrRenew().block()).isTrue();

            assertThat(lease("first", mongo).acquireOrRenew().block())
                    .as("after a restart")
                    .isTrue();
        }
    }

    private RelayLease lease(String instance, ReactiveMongoTemplate mongo) {
        return new RelayLease(new OutboxProperties(instance), mongo, () -> now);
    }

    @ParameterizedTest
    @MethodSource("servers")
    void aSweepFindsEventsInOrderInEachCollection(String uri) {
        try (var client = MongoClients.create(uri)) {
            var mongo = new ReactiveMongoTemplate(client, "outbox-" + UUID.randomUUID());
            var outbox = outbox(mongo);
            mongo.insert(document("sent"), "articles").block();
            mongo.insert(document("waits", "e2", "e1"), "articles").block();
            mongo.insert(document("held-back", "e3"), "articles").block();
            mongo.insert(document("held-back", "e4"), "accounts").block();

            assertThat(sweep(outbox, List.of()))
                    .containsExactly("accounts/held-back [e4]", "articles/held-back [e3]", "articles/waits [e2, e1]");
            var waits = new DocumentRef("articles", "waits");
            outbox.remove(Map.of(waits, List.of("e2"))).block();
            assertThat(sweep(outbox, List.of(new DocumentRef("articles", "held-back"))))
                    .containsExactly("accounts/held-back [e4]", "articles/waits [e1]");

            var heldBack = new DocumentRef("articles", "held-back");
            outbox.remove(Map.of(waits, List.of("e1", "unheard-of"), heldBack, List.of("e2")))
                    .block();
            assertThat(sweep(outbox, List.of(new DocumentRef("accounts", "held-back"))))
                    .containsExactly("articles/held-back [e3]");
            outbox.remove(Map.of(heldBack, List.of("e3"), new DocumentRef("accounts", "held-back"), List.of("e4")))
                    .block();
            assertThat(sweep(outbox, List.of())).isEmpty();
        }
    }

    @ParameterizedTest
    @MethodSource("servers")
    void whatWaitsIsCountedAndItsFirstEventFound(String uri) {
        try (var client = MongoClients.create(uri)) {
            var mongo = new ReactiveMongoTemplate(client, "outbox-" + UUID.randomUUID());
            var outbox = outbox(mongo);
            assertThat(outbox.waiting(10).block()).isEqualTo(new Outbox.Waiting(0, null));

            mongo.insert(document("sent"), "articles").block();
            mongo.insert(document("waits", "e3", "e4"), "articles").block();
            mongo.insert(document("waits-longer", "e2"), "articles").block();
            mongo.insert(document("waits", "e5"), "accounts").block();

            assertThat(outbox.waiting(10).block()).isEqualTo(new Outbox.Waiting(3, "e2"));
            assertThat(outbox.waiting(1).block())
                    .as("so many of each collection")
                    .isNotNull()
                    .extracting(Outbox.Waiting::documents)
                    .isEqualTo(2L);
        }
    }

    @ParameterizedTest
    @MethodSource("servers")
    void anEventIsSentAsItWasStored(String uri) {
        try (var client = MongoClients.create(uri)) {
            var mongo = new ReactiveMongoTemplate(client, "outbox-" + UUID.randomUUID());
            var outbox = outbox(mongo);
            var hits = new ArticleHits("a", 7, now, 1);
            mongo.insert(
                            new Document("_id", "a")
                                    .append(Outbox.FIELD, List.of(Outbox.entry(now, hits, Context.empty()))),
                            "articles")
                    .block();

            assertThat(decoded(outbox)).satisfies(envelope -> {
                assertThat(envelope.event()).isEqualTo(hits);
                assertThat(envelope.time()).isEqualTo(now);
                assertThat(envelope.source()).isEqualTo("/article-service");
            });
        }
    }

    /** The document is as the code of version 0.1 wrote it. */
    @ParameterizedTest
    @MethodSource("servers")
    void anEntryOfAnEarlierVersionIsSentAfterAnUpgrade(String uri) throws Exception {
        try (var client = MongoClients.create(uri);
                var file = Objects.requireNonNull(getClass().getResourceAsStream("article-0.1.json"))) {
            var mongo = new ReactiveMongoTemplate(client, "outbox-" + UUID.randomUUID());
            var outbox = outbox(mongo);
            Document stored = Document.parse(new String(file.readAllBytes(), UTF_8));
            mongo.insert(stored, "articles").block();

            assertThat(decoded(outbox)).satisfies(envelope -> {
                assertThat(envelope.id()).isEqualTo("01a20cd9-0711-7757-8375-54bc10ad9641");
                assertThat(envelope.time()).isEqualTo(Instant.parse("2026-11-24T06:00:00.125Z"));
                assertThat(envelope.event()).isInstanceOfSatisfying(ArticlePublished.class, published -> {
                    assertThat(published.article().title()).isEqualTo("Grüße");
                    assertThat(published.article().version()).isEqualTo(4);
                });
            });
            outbox.remove(Map.of(
                            new DocumentRef("articles", "article-1"), List.of("01a20cd9-0711-7757-8375-54bc10ad9641")))
                    .block();
            assertThat(sweep(outbox, List.of())).isEmpty();
        }
    }

    private static Outbox outbox(ReactiveMongoTemplate mongo) {
        var outbox = new Outbox(mongo, List.of(new OutboxCollection("articles"), new OutboxCollection("accounts")));
        outbox.createIndexes().block();
        return outbox;
    }

    /** Such as {@code articles/a [e1, e2]}, in the order of the names. */
    private static List<String> sweep(Outbox outbox, List<DocumentRef> heldBack) {
        return Objects.requireNonNull(outbox.pending(10, heldBack)
                .flatMap(pending ->
                        pending.events().map(EncodedEvent::id).collectList().map(ids -> pending.document() + " " + ids))
                .sort()
                .collectList()
                .block());
    }

    private static Envelope<?> decoded(Outbox outbox) {
        var record = Objects.requireNonNull(outbox.pending(10, List.of())
                        .flatMap(Outbox.Pending::events)
                        .blockLast())
                .toRecord();
        var received = new ConsumerRecord<>(record.topic(), 0, 0, record.key(), record.value());
        record.headers().forEach(received.headers()::add);
        return EventCodec.decode(received);
    }

    private static Document document(String id, String... eventIds) {
        List<Document> entries = Stream.of(eventIds)
                .map(eventId ->
                        OutboxEntry.toDocument(new EncodedEvent("news.articles", id, Map.of("ce_id", eventId), "{}")))
                .toList();
        return new Document("_id", id).append(Outbox.FIELD, entries);
    }
}
