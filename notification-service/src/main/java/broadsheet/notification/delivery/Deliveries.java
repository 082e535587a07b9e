package broadsheet.notification.delivery;

import static com.mongodb.client.model.Filters.and;
import static com.mongodb.client.model.Filters.eq;
import static com.mongodb.client.model.Filters.gt;
import static com.mongodb.client.model.Filters.gte;
import static com.mongodb.client.model.Filters.in;
import static com.mongodb.client.model.Filters.lt;
import static com.mongodb.client.model.Filters.lte;
import static com.mongodb.client.model.Filters.ne;
import static com.mongodb.client.model.Filters.nin;
import static com.mongodb.client.model.Filters.or;
import static com.mongodb.client.model.Updates.combine;
import static com.mongodb.client.model.Updates.push;
import static com.mongodb.client.model.Updates.rename;
import static com.mongodb.client.model.Updates.set;
import static com.mongodb.client.model.Updates.unset;

import broadsheet.notification.delivery.Delivery.State;
import broadsheet.notification.event.EventKind;
import broadsheet.notification.event.PublicEvent;
import broadsheet.notification.subscription.Channel;
import broadsheet.notification.subscription.SubscriptionListener;
import broadsheet.store.CollectionOwner;
import com.mongodb.ErrorCategory;
import com.mongodb.MongoBulkWriteException;
import com.mongodb.client.model.Accumulators;
import com.mongodb.client.model.Aggregates;
import com.mongodb.client.model.BulkWriteOptions;
import com.mongodb.client.model.IndexModel;
import com.mongodb.client.model.Indexes;
import com.mongodb.client.model.InsertManyOptions;
import com.mongodb.client.model.Sorts;
import com.mongodb.client.model.UpdateManyModel;
import com.mongodb.client.model.UpdateOneModel;
import com.mongodb.client.model.WriteModel;
import com.mongodb.reactivestreams.client.MongoCollection;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Date;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Stream;
import org.bson.Document;
import org.bson.conversions.Bson;
import org.reactivestreams.Publisher;
import org.springframework.data.mongodb.core.ReactiveMongoTemplate;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/**
 * The store of all deliveries, which is also the queue of what is to be sent: what is {@code due} is claimed for a while,
 * and is due again should whoever claimed it vanish.
 */
@Component
class Deliveries implements CollectionOwner, SubscriptionListener {

    /** For so long nobody else sends what is claimed. */
    static final Duration CLAIM = Duration.ofMinutes(2);

    /** Why nothing is sent to a subscription that was disabled. */
    static final String DISABLED = "disabled";

    private static final String SUPERSEDED_BY = "supersededBy";

    private final ReactiveMongoTemplate mongo;
    private final InstantSource clock;

    Deliveries(ReactiveMongoTemplate mongo, InstantSource clock) {
        this.mongo = mongo;
        this.clock = clock;
    }

    @Override
    public String collection() {
        return "notificationDeliveries";
    }

    @Override
    public List<IndexModel> indexes() {
        return List.of(
                new IndexModel(Indexes.ascending("queue", "due", "subscription", "state")),
                new IndexModel(Indexes.ascending("article", "_id")),
                new IndexModel(Indexes.ascending("subscription", "_id")),
                new IndexModel(Indexes.ascending("eventTime")));
    }

    /** Adds those that are not there yet; answers how many. */
    Mono<Long> add(Collection<Delivery> deliveries) {
        if (deliveries.isEmpty()) {
            return Mono.just(0L);
        }
        var documents = deliveries.stream().map(DeliveryDocument::of).toList();
        return run(collection -> collection.insertMany(documents, new InsertManyOptions().ordered(false)))
                .next()
                .map(result -> (long) result.getInsertedIds().size())
                .onErrorResume(Deliveries::areSomeThereAlready, e -> Mono.just(documents.size() - duplicates(e)));
    }

    private static boolean areSomeThereAlready(Throwable e) {
        return bulk(e).filter(bulk -> bulk.getWriteConcernError() == null
                        && bulk.getWriteErrors().stream()
                                .allMatch(error -> error.getCategory() == ErrorCategory.DUPLICATE_KEY))
                .isPresent();
    }

    private static long duplicates(Throwable e) {
        return bulk(e).map(bulk -> (long) bulk.getWriteErrors().size()).orElse(0L);
    }

    private static Optional<MongoBulkWriteException> bulk(Throwable e) {
        return Stream.of(e, e.getCause())
                .filter(MongoBulkWriteException.class::isInstance)
                .map(MongoBulkWriteException.class::cast)
                .findFirst();
    }

    /** What is due in these queues but for these subscriptions, the longest due first, in the order of the index. */
    Flux<Delivery> due(Collection<String> queues, Collection<String> except, Instant now, int limit) {
        Bson due = and(in("queue", queues), lte("due", Date.from(now)));
        return run(deliveries -> deliveries
                        .find(except.isEmpty() ? due : and(due, nin("subscription", except)))
                        .sort(Sorts.ascending("due", "subscription"))
                        .limit(limit)
                        .batchSize(limit))
                .map(DeliveryDocument::read);
    }

    /**
     * Claims deliveries that are still due; answers those that nobody else was quicker to claim.
     *
     * @param messages the ids of deliveries by the id of the message that they are sent with, which is stored
     * @param alone those that are sent by themselves
     */
    Flux<Claimed> claim(Map<String, List<String>> messages, List<String> alone, Instant now) {
        String claim = UUID.randomUUID().toString();
        Bson claimed = combine(
                set("state", State.SENDING.name()), set("due", Date.from(now.plus(CLAIM))), set("claim", claim));
        List<WriteModel<Document>> writes = new ArrayList<>();
        if (!alone.isEmpty()) {
            writes.add(new UpdateManyModel<>(stillDue(alone, now), claimed));
        }
        messages.forEach((message, ids) ->
                writes.add(new UpdateManyModel<>(stillDue(ids, now), combine(claimed, set("message", message)))));
        return writes.isEmpty()
                ? Flux.empty()
                : run(deliveries -> deliveries.bulkWrite(writes))
                        .thenMany(run(deliveries ->
                                deliveries.find(and(in("_id", idsOf(messages, alone)), eq("claim", claim)))))
                        .map(delivery -> new Claimed(DeliveryDocument.read(delivery), claim));
    }

    private static Bson stillDue(List<String> ids, Instant now) {
        return and(in("_id", ids), lte("due", Date.from(now)));
    }

    private static List<String> idsOf(Map<String, List<String>> messages, List<String> alone) {
        return Stream.concat(alone.stream(), messages.values().stream().flatMap(List::stream))
                .toList();
    }

    /** A delivery that this instance alone may send until the claim ends. */
    record Claimed(Delivery delivery, String claim) {}

    /** Stores what became of claimed deliveries; of one that somebody else has claimed since, nothing. */
    Mono<Void> finish(List<FinishedAttempt> attempts) {
        List<WriteModel<Document>> writes =
                attempts.stream().map(Deliveries::write).toList();
        return run(deliveries -> deliveries.bulkWrite(writes, new BulkWriteOptions().ordered(false)))
                .then();
    }

    private static WriteModel<Document> write(FinishedAttempt finished) {
        var attempt = finished.attempt();
        Bson pushed = attempt == null ? combine() : push("attempts", DeliveryDocument.of(attempt));
        Bson due = finished.due() == null ? unset("due") : set("due", Date.from(finished.due()));
        Bson finishedAt =
                finished.state().isPending() ? unset("finishedAt") : set("finishedAt", Date.from(finished.at()));
        Bson suppressed = finished.suppressed() == null ? combine() : set("suppressed", finished.suppressed());
        return new UpdateOneModel<>(
                and(
                        eq("_id", finished.claimed().delivery().id()),
                        eq("claim", finished.claimed().claim())),
                combine(set("state", finished.state().name()), due, unset("claim"), finishedAt, pushed, suppressed));
    }

    /**
     * Ends what waits to tell of earlier events of the article, since this one says it better, or takes it back. What was
     * tried already, and failed, may have arrived; what is being sent goes on.
     */
    Mono<Void> supersede(PublicEvent event, String because, Instant now) {
        Bson earlier = and(
                eq("article", event.notification().article().id()),
                ne("event", event.notification().id()),
                lte("eventTime", Date.from(event.notification().time())),
                in("kind", EventKind.PUBLISHED.name(), EventKind.CORRECTED.name()),
                in("state", State.SCHEDULED.name(), State.FAILED.name()));
        return run(deliveries -> deliveries.updateMany(
                        earlier,
                        combine(
                                set("state", State.SUPPRESSED.name()),
                                set("suppressed", because),
                                set("finishedAt", Date.from(now)),
                                set(SUPERSEDED_BY, event.notification().id()),
                                rename("due", "heldUntil"))))
                .then();
    }

    /** Deliveries of earlier events of an article, by pages: whom it was told, and whom it was about to be told. */
    Flux<EarlierDelivery> earlier(PublicEvent event, String after, int limit) {
        return run(deliveries -> deliveries
                        .find(and(
                                eq("article", event.notification().article().id()),
                                gt("_id", after),
                                ne("event", event.notification().id()),
                                lte("eventTime", Date.from(event.notification().time())),
                                in("kind", EventKind.PUBLISHED.name(), EventKind.CORRECTED.name())))
                        .sort(Sorts.ascending("_id"))
                        .limit(limit)
                        .batchSize(limit))
                .map(stored -> new EarlierDelivery(
                        DeliveryDocument.read(stored),
                        event.notification().id().equals(stored.getString(SUPERSEDED_BY)),
                        stored.getDate("heldUntil") == null
                                ? Instant.EPOCH
                                : stored.getDate("heldUntil").toInstant()));
    }

    /**
     * A delivery of an earlier event of an article.
     *
     * @param superseded whether it waited until the event came that is matched now
     * @param heldUntil when it would have been sent
     */
    record EarlierDelivery(Delivery delivery, boolean superseded, Instant heldUntil) {}

    /** Sends nothing more to a subscription. */
    Mono<Void> suppressPending(String subscription, String because, Instant now) {
        return run(deliveries -> deliveries.updateMany(
                        and(eq("subscription", subscription), in("state", State.SCHEDULED.name(), State.FAILED.name())),
                        combine(
                                set("state", State.SUPPRESSED.name()),
                                set("suppressed", because),
                                set("finishedAt", Date.from(now)),
                                unset("due"))))
                .then();
    }

    /** Of a subscription that is gone nothing is sent, and what its receiver said is erased; that it was told remains. */
    @Override
    public Mono<Void> onRemoved(String subscription) {
        return suppressPending(subscription, "unsubscribed", clock.instant())
                .then(run(deliveries -> deliveries.updateMany(
                                eq("subscription", subscription), combine(set("attempts", List.of()), unset("claim"))))
                        .then());
    }

    /** Schedules again what a subscription was told, or not, of events since then; answers how many. */
    Mono<Long> sendAgain(String subscription, Instant since, Instant now) {
        return run(deliveries -> deliveries.updateMany(
                        and(
                                eq("subscription", subscription),
                                gte("eventTime", Date.from(since)),
                                or(in("state", State.DELIVERED.name(), State.DEAD.name()), eq("suppressed", DISABLED))),
                        combine(
                                set("state", State.SCHEDULED.name()),
                                set("due", Date.from(now)),
                                set("attempts", List.of()),
                                unset("finishedAt"),
                                unset("suppressed"))))
                .next()
                .map(result -> result.getModifiedCount());
    }

    Mono<Long> count(String event) {
        return run(deliveries -> deliveries.countDocuments(and(gte("_id", event + ":"), lt("_id", event + ";"))))
                .next();
    }

    /** How many deliveries of an event are in each state. */
    Mono<Map<State, Long>> countByState(String event) {
        return run(deliveries -> deliveries.aggregate(List.of(
                        Aggregates.match(and(gte("_id", event + ":"), lt("_id", event + ";"))),
                        Aggregates.group("$state", Accumulators.sum("count", 1L)))))
                .collectMap(group -> State.valueOf(group.getString("_id")), group -> group.getLong("count"));
    }

    /** How many wait in these queues or are being sent, by state. What is finished has no {@code due} and is not read. */
    Mono<Map<State, Pending>> pending(Channel channel, Collection<Integer> partitions) {
        return run(deliveries -> deliveries.aggregate(List.of(
                        Aggregates.match(and(
                                in("queue", DeliveryQueue.of(channel, partitions)),
                                gt("due", Date.from(Instant.EPOCH)))),
                        Aggregates.group("$state", Accumulators.sum("count", 1L), Accumulators.min("due", "$due")))))
                .collectMap(
                        group -> State.valueOf(group.getString("_id")),
                        group -> new Pending(
                                group.getLong("count"), group.getDate("due").toInstant()));
    }

    /** How many deliveries are in a state, and when the first of them is due. */
    record Pending(long count, Instant longestDue) {

        static final Pending NONE = new Pending(0, Instant.MAX);
    }

    /** Those that meet the conditions, newest event first. */
    Flux<Delivery> list(Bson conditions, int limit) {
        return run(deliveries -> deliveries
                        .find(conditions)
                        .sort(Sorts.descending("_id"))
                        .limit(limit)
                        .batchSize(limit))
                .map(DeliveryDocument::read);
    }

    Mono<Void> removeBefore(Instant time) {
        return run(deliveries -> deliveries.deleteMany(lt("eventTime", Date.from(time))))
                .then();
    }

    private <T> Flux<T> run(Function<MongoCollection<Document>, Publisher<T>> work) {
        return mongo.execute(collection(), work::apply);
    }
}
