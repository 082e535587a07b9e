package broadsheet.article.outbox;

import static org.assertj.core.api.Assertions.assertThat;

import broadsheet.article.store.StoreErrorTranslator;
import broadsheet.testservers.MongoServers;
import com.mongodb.reactivestreams.client.MongoClients;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import java.util.stream.Stream;
import org.bson.Document;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.springframework.data.domain.Sort.Direction;
import org.springframework.data.mongodb.core.ReactiveMongoTemplate;
import org.springframework.data.mongodb.core.SimpleReactiveMongoDatabaseFactory;
import org.springframework.data.mongodb.core.index.Index;
import org.springframework.data.mongodb.core.index.PartialIndexFilter;
import org.springframework.data.mongodb.core.query.Criteria;

class OutboxIntegrationTests {

    private Instant now = Instant.parse("2026-11-24T12:00:00Z");

    static Stream<Named<String>> servers() {
        return MongoServers.uris("outbox");
    }

    @ParameterizedTest
    @MethodSource("servers")
    void onlyWhoeverHoldsTheLeaseRelays(String uri) {
        try (var client = MongoClients.create(uri)) {
            var factory = new SimpleReactiveMongoDatabaseFactory(client, "lease-" + UUID.randomUUID());
            factory.setExceptionTranslator(new StoreErrorTranslator());
            var mongo = new ReactiveMongoTemplate(factory);
            var first = lease("first", mongo);
            var second = lease("", mongo);

            assertThat(first.hold().block()).isTrue();
            assertThat(second.hold().block()).isFalse();
            assertThat(first.lastsFor(OutboxSender.TIME_LIMIT)).isTrue();
            assertThat(second.lastsFor(Duration.ZERO)).isFalse();

            now = now.plus(RelayLease.LENGTH).minus(OutboxSender.TIME_LIMIT);
            assertThat(first.lastsFor(OutboxSender.TIME_LIMIT)).isFalse();
            assertThat(second.hold().block()).isFalse();

            now = now.plus(OutboxSender.TIME_LIMIT).plusMillis(1);
            assertThat(second.hold().block()).isTrue();
            assertThat(first.hold().block()).isFalse();

            second.release().block();
            now = now.plusMillis(1);
            assertThat(first.hold().block()).isTrue();

            assertThat(lease("first", mongo).hold().block())
                    .as("after a restart")
                    .isTrue();
        }
    }

    private RelayLease lease(String instance, ReactiveMongoTemplate mongo) {
        return new RelayLease(new OutboxProperties(instance), mongo, () -> now);
    }

    @ParameterizedTest
    @MethodSource("servers")
    void aSweepFindsWhatWaitsInOrderAndLeavesOutWhatIsStuck(String uri) {
        try (var client = MongoClients.create(uri)) {
            var mongo = new ReactiveMongoTemplate(client, "outbox-" + UUID.randomUUID());
            mongo.indexOps(Outbox.COLLECTION)
                    .createIndex(new Index(Outbox.EVENT_IDS, Direction.ASC)
                            .partial(PartialIndexFilter.of(
                                    Criteria.where(Outbox.EVENT_IDS).exists(true))))
                    .block();
            mongo.insert(article("sent"), Outbox.COLLECTION).block();
            mongo.insert(article("waits", "e2", "e1"), Outbox.COLLECTION).block();
            mongo.insert(article("stuck", "e3"), Outbox.COLLECTION).block();
            var outbox = new Outbox(mongo);

            Outbox.Pending waits =
                    Objects.requireNonNull(outbox.pending(10, List.of("stuck")).blockLast());
            assertThat(waits.id()).isEqualTo("waits");
            assertThat(waits.entries()).extracting(OutboxEntry::eventId).containsExactly("e2", "e1");
            assertThat(outbox.pending(10, List.of()).count().block()).isEqualTo(2);

            outbox.sent(waits, waits.entries().get(0)).block();
            outbox.sent(waits, waits.entries().get(1)).block();
            assertThat(outbox.pending(10, List.of())
                            .map(Outbox.Pending::id)
                            .collectList()
                            .block())
                    .containsExactly("stuck");
        }
    }

    private static Document article(String id, String... eventIds) {
        List<Document> entries = Stream.of(eventIds)
                .map(eventId -> new Document("eventId", eventId)
                        .append("type", "news.article.updated.v1")
                        .append("time", Instant.EPOCH)
                        .append("payload", "{}"))
                .toList();
        return new Document("_id", id).append(Outbox.FIELD, entries);
    }
}
