package broadsheet.notification.delivery.sending;

import static com.mongodb.client.model.Filters.and;
import static com.mongodb.client.model.Filters.eq;
import static com.mongodb.client.model.Filters.in;
import static com.mongodb.client.model.Filters.lte;
import static com.mongodb.client.model.Filters.nin;
import static com.mongodb.client.model.Updates.combine;
import static com.mongodb.client.model.Updates.set;

import broadsheet.notification.delivery.Deliveries;
import broadsheet.notification.delivery.Delivery;
import broadsheet.notification.delivery.Delivery.State;
import com.mongodb.client.model.BulkWriteOptions;
import com.mongodb.client.model.Projections;
import com.mongodb.client.model.Sorts;
import com.mongodb.client.model.UpdateManyModel;
import com.mongodb.client.model.WriteModel;
import com.mongodb.reactivestreams.client.MongoCollection;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Date;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.bson.Document;
import org.bson.conversions.Bson;
import org.reactivestreams.Publisher;
import org.springframework.data.mongodb.core.ReactiveMongoTemplate;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/**
 * The queue of what is to be sent: what is {@code due} is claimed for a while, and is due again should whoever claimed it
 * vanish.
 */
@Component
public class DeliveryClaims {

    /** For so long nobody else sends what is claimed. */
    static final Duration CLAIM = Duration.ofMinutes(2);

    private final ReactiveMongoTemplate mongo;
    private final DigestCompletion digests;
    private final UnreadableDeliveries unreadable;

    DeliveryClaims(ReactiveMongoTemplate mongo, DigestCompletion digests, UnreadableDeliveries unreadable) {
        this.mongo = mongo;
        this.digests = digests;
        this.unreadable = unreadable;
    }

    /** What is due in these queues and is not blocked, the longest due first, in the order of the index. */
    Mono<List<Delivery>> due(Collection<String> queues, Blocked blocked, Instant now, int limit) {
        Bson due = and(in("queue", queues), lte("due", Date.from(now)));
        return run(deliveries -> deliveries
                        .find(blocked.isEmpty() ? due : and(due, blocked.except()))
                        .sort(Sorts.ascending("due", "subscription"))
                        .limit(limit)
                        .batchSize(limit))
                .collectList()
                .flatMap(unreadable::readOthers);
    }

    /** Those to whom nothing more can be sent now, which is no more than is under way. */
    record Blocked(Collection<String> subscriptions, Collection<String> hosts) {

        static final Blocked NONE = new Blocked(List.of(), List.of());

        private boolean isEmpty() {
            return subscriptions.isEmpty() && hosts.isEmpty();
        }

        private Bson except() {
            return and(nin("subscription", subscriptions), nin("host", hosts));
        }
    }

    /** Claims messages that are still due; answers what nobody else was quicker to claim. */
    Mono<List<Claimed>> claim(List<DueMessage> due, Instant now) {
        return digests.whole(due, now)
                .flatMap(messages -> messages.isEmpty() ? Mono.just(List.of()) : claimAll(messages, now));
    }

    private Mono<List<Claimed>> claimAll(List<DueMessage> messages, Instant now) {
        String claim = UUID.randomUUID().toString();
        Map<String, List<String>> ids = messages.stream()
                .collect(Collectors.groupingBy(
                        DueMessage::id,
                        Collectors.flatMapping(
                                message -> message.deliveries().stream().map(Delivery::id), Collectors.toList())));
        List<WriteModel<Document>> writes = new ArrayList<>();
        ids.forEach((message, some) -> writes.add(new UpdateManyModel<>(
                and(in("_id", some), lte("due", Date.from(now))),
                combine(
                        set("state", State.SENDING.name()),
                        set("due", Date.from(now.plus(CLAIM))),
                        set("claim", claim),
                        set("message", message)))));
        int asked = ids.values().stream().mapToInt(List::size).sum();
        return run(deliveries -> deliveries.bulkWrite(writes, new BulkWriteOptions().ordered(false)))
                .next()
                .flatMap(result -> result.getMatchedCount() == asked
                        ? Mono.just(claimed(messages, claim))
                        : onlyClaimed(messages, claim));
    }

    private static List<Claimed> claimed(List<DueMessage> messages, String claim) {
        return messages.stream()
                .flatMap(message ->
                        message.deliveries().stream().map(delivery -> new Claimed(delivery, message.id(), claim)))
                .toList();
    }

    private Mono<List<Claimed>> onlyClaimed(List<DueMessage> messages, String claim) {
        List<String> ids = messages.stream()
                .flatMap(message -> message.deliveries().stream())
                .map(Delivery::id)
                .toList();
        return run(deliveries ->
                        deliveries.find(and(in("_id", ids), eq("claim", claim))).projection(Projections.include("_id")))
                .map(delivery -> delivery.getString("_id"))
                .collect(Collectors.toSet())
                .map(ours -> claimed(
                        messages.stream()
                                .flatMap(message -> message.only(ours).stream())
                                .toList(),
                        claim));
    }

    /**
     * A delivery that this instance alone may send until the claim ends.
     *
     * @param message the id that it is sent with
     */
    record Claimed(Delivery delivery, String message, String claim) {}

    /** Stores what became of claimed deliveries; of one that somebody else has claimed since, nothing. */
    Mono<Void> finish(List<ClaimResult> attempts) {
        List<WriteModel<Document>> writes =
                attempts.stream().map(ClaimResult::write).toList();
        return run(deliveries -> deliveries.bulkWrite(writes, new BulkWriteOptions().ordered(false)))
                .then();
    }

    private <T> Flux<T> run(Function<MongoCollection<Document>, Publisher<T>> work) {
        return mongo.execute(Deliveries.COLLECTION, work::apply);
    }
}
