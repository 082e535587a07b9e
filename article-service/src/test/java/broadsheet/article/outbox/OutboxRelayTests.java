package broadsheet.article.outbox;

import static broadsheet.testservers.PatientAwait.await;
import static org.assertj.core.api.Assertions.assertThat;

import broadsheet.article.outbox.Outbox.DocumentRef;
import broadsheet.article.outbox.Outbox.Pending;
import broadsheet.events.EncodedEvent;
import com.mongodb.reactivestreams.client.MongoClients;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.bson.Document;
import org.junit.jupiter.api.Test;
import org.springframework.data.mongodb.core.ReactiveMongoTemplate;
import org.springframework.kafka.core.DefaultKafkaProducerFactory;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

class OutboxRelayTests {

    private final AtomicInteger pages = new AtomicInteger();
    private final AtomicBoolean sending = new AtomicBoolean();
    private final AtomicBoolean freedWhileSending = new AtomicBoolean();

    /** Such as in the middle of a large import. */
    @Test
    void whereMoreWaitsThanOnePageTheRelayStopsAfterThisOne() {
        try (var client = MongoClients.create("mongodb://127.0.0.1:1")) {
            var mongo = new ReactiveMongoTemplate(client, "unused");
            var relay = new OutboxRelay(new EndlessOutbox(mongo), new OwnLease(mongo), new QuickSender());
            relay.start();
            await().until(() -> pages.get() > 2);
            relay.stop();
            assertThat(freedWhileSending).isFalse();
        }
    }

    private final class EndlessOutbox extends Outbox {

        EndlessOutbox(ReactiveMongoTemplate mongo) {
            super(mongo, List.of());
        }

        @Override
        Flux<Pending> pending(int limit, Collection<DocumentRef> heldBack) {
            sending.set(true);
            pages.incrementAndGet();
            return Flux.fromStream(() -> IntStream.range(0, limit).mapToObj(OutboxRelayTests::waiting))
                    .delaySubscription(Duration.ofMillis(5));
        }

        @Override
        Mono<Void> remove(Map<DocumentRef, List<String>> acknowledged) {
            return Mono.fromRunnable(() -> sending.set(false));
        }
    }

    private static Pending waiting(int number) {
        var event = new EncodedEvent("news.articles", "a", Map.of("ce_id", "e" + number), "{}");
        return new Pending(
                new DocumentRef("articles", String.valueOf(number)), List.<Document>of(OutboxEntry.toDocument(event)));
    }

    private final class OwnLease extends RelayLease {

        OwnLease(ReactiveMongoTemplate mongo) {
            super(new OutboxProperties(""), mongo, InstantSource.system());
        }

        @Override
        Mono<Boolean> acquireOrRenew() {
            return Mono.just(true);
        }

        @Override
        boolean isHeldFor(Duration work) {
            return true;
        }

        @Override
        Mono<Void> release() {
            return Mono.fromRunnable(() -> freedWhileSending.set(sending.get()));
        }
    }

    private static final class QuickSender extends OutboxSender {

        QuickSender() {
            super(new DefaultKafkaProducerFactory<>(Map.of()));
        }

        @Override
        Mono<Void> send(EncodedEvent event) {
            return Mono.empty();
        }
    }
}
