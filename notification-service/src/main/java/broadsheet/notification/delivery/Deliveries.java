package broadsheet.notification.delivery;

import static com.mongodb.client.model.Filters.and;
import static com.mongodb.client.model.Filters.eq;
import static com.mongodb.client.model.Filters.exists;
import static com.mongodb.client.model.Filters.gt;
import static com.mongodb.client.model.Filters.gte;
import static com.mongodb.client.model.Filters.in;
import static com.mongodb.client.model.Filters.lt;
import static com.mongodb.client.model.Filters.lte;
import static com.mongodb.client.model.Filters.ne;
import static com.mongodb.client.model.Filters.or;
import static com.mongodb.client.model.Updates.combine;
import static com.mongodb.client.model.Updates.rename;
import static com.mongodb.client.model.Updates.set;
import static com.mongodb.client.model.Updates.unset;

import broadsheet.notification.DocumentReader;
import broadsheet.notification.delivery.Delivery.State;
import broadsheet.notification.event.EventKind;
import broadsheet.notification.event.PublicEvent;
import broadsheet.notification.subscription.SubscriptionListener;
import broadsheet.store.CollectionOwner;
import com.mongodb.ErrorCategory;
import com.mongodb.MongoBulkWriteException;
import com.mongodb.client.model.IndexModel;
import com.mongodb.client.model.Indexes;
import com.mongodb.client.model.InsertManyOptions;
import com.mongodb.client.model.Sorts;
import com.mongodb.reactivestreams.client.MongoCollection;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Collection;
import java.util.Date;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;
import org.bson.Document;
import org.bson.conversions.Bson;
import org.reactivestreams.Publisher;
import org.springframework.data.mongodb.core.ReactiveMongoTemplate;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** The store of all deliveries: adds them, and changes what is to be sent. */
@Component
public class Deliveries implements CollectionOwner, SubscriptionListener {

    public static final String COLLECTION = "notificationDeliveries";

    /** Why nothing is sent to a subscription that was disabled. */
    public static final String DISABLED = "disabled";

    public static final String CORRECTED = "replaced by a correction";
    public static final String WITHDRAWN = "withdrawn";

    private static final String SUPERSEDED_BY = "supersededBy";
    private static final String TOLD_BEFORE = "toldBefore";

    private final ReactiveMongoTemplate mongo;
    private final InstantSource clock;

    public Deliveries(ReactiveMongoTemplate mongo, InstantSource clock) {
        this.mongo = mongo;
        this.clock = clock;
    }

    @Override
    public String collection() {
        return COLLECTION;
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
    public Mono<Long> add(Collection<Delivery> deliveries) {
        if (deliveries.isEmpty()) {
            return Mono.just(0L);
        }
        return insert(deliveries.stream().map(DeliveryDocument::of).toList());
    }

    /**
     * Adds those that are not there yet, of events that may have been matched before; answers how many. The ledger counts
     * them apart from those that were found then.
     */
    public Mono<Long> addLate(Collection<Delivery> deliveries) {
        if (deliveries.isEmpty()) {
            return Mono.just(0L);
        }
        return insert(deliveries.stream()
                .map(delivery -> DeliveryDocument.of(delivery).append(DeliveryLedger.LATE, true))
                .toList());
    }

    private Mono<Long> insert(List<Document> documents) {
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

    /**
     * Ends what waits to tell of earlier events of the article, since this one says it better, or takes it back. What was
     * tried already, and failed, may have arrived; what is being sent goes on, but is not tried again.
     */
    public Mono<Void> supersede(PublicEvent event, String because, Instant now) {
        Bson earlier = and(
                eq("article", event.notification().article().id()),
                ne("event", event.notification().id()),
                lte("eventTime", Date.from(event.notification().time())),
                in("kind", EventKind.PUBLISHED.name(), EventKind.CORRECTED.name()));
        Bson pending = in("state", State.SCHEDULED.name(), State.FAILED.name(), State.SENDING.name());
        Bson waiting = in("state", State.SCHEDULED.name(), State.FAILED.name());
        String by = event.notification().id();
        Bson overtaken = and(earlier, pending, ne("overtakenBy", by));
        return update(overtaken, set("overtakenBy", by))
                .then(update(
                        and(earlier, waiting),
                        combine(
                                set("state", State.SUPPRESSED.name()),
                                set("suppressed", because),
                                set("finishedAt", Date.from(now)),
                                set(SUPERSEDED_BY, by),
                                rename("due", "heldUntil"))));
    }

    private Mono<Void> update(Bson which, Bson update) {
        return new PagedUpdate(mongo, COLLECTION, which, update).run();
    }

    /**
     * Deliveries of earlier events of an article, by pages: whom it was told, and whom it was about to be told.
     *
     * @param after those with greater ids alone, in their order
     */
    public Flux<List<EarlierDelivery>> earlier(PublicEvent event, String after, int pageSize) {
        return earlierPage(event, after, pageSize)
                .expand(page -> page.size() < pageSize ? Mono.empty() : earlierPage(event, last(page), pageSize))
                .map(page -> readable(page, stored -> earlier(event, stored)));
    }

    private static <T> List<T> readable(List<Document> page, Function<Document, T> reader) {
        return page.stream()
                .flatMap(stored -> DocumentReader.read("delivery", stored, reader).stream())
                .toList();
    }

    private static String last(List<Document> page) {
        return page.get(page.size() - 1).getString("_id");
    }

    private Mono<List<Document>> earlierPage(PublicEvent event, String after, int limit) {
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
                .collectList();
    }

    private static EarlierDelivery earlier(PublicEvent event, Document stored) {
        Date heldUntil = stored.getDate("heldUntil");
        return new EarlierDelivery(
                DeliveryDocument.read(stored),
                event.notification().id().equals(stored.getString(SUPERSEDED_BY)),
                heldUntil == null ? Instant.EPOCH : heldUntil.toInstant(),
                stored.getBoolean(TOLD_BEFORE, false));
    }

    /**
     * A delivery of an earlier event of an article.
     *
     * @param superseded whether it waited until the event came that is matched now
     * @param heldUntil when it would have been sent
     * @param toldBefore whether its subscriber asked to be told again, so that its attempts are those since then
     */
    public record EarlierDelivery(Delivery delivery, boolean superseded, Instant heldUntil, boolean toldBefore) {

        public boolean wasTried() {
            return toldBefore || !delivery.attempts().isEmpty();
        }
    }

    /** Sends nothing more to a subscription. */
    public Mono<Void> suppressPending(String subscription, String because, Instant now) {
        return run(deliveries -> deliveries.updateMany(
                        and(eq("subscription", subscription), in("state", State.SCHEDULED.name(), State.FAILED.name())),
                        combine(
                                set("state", State.SUPPRESSED.name()),
                                set("suppressed", because),
                                set("finishedAt", Date.from(now)),
                                unset("due"))))
                .then();
    }

    /** Of a subscription that is gone nothing is sent, and its receiver and what that said are erased; that it was told remains. */
    @Override
    public Mono<Void> onRemoved(String subscription) {
        return suppressPending(subscription, "unsubscribed", clock.instant())
                .then(run(deliveries -> deliveries.updateMany(
                                eq("subscription", subscription),
                                combine(set("attempts", List.of()), unset("claim"), unset("host"))))
                        .then());
    }

    /** Schedules again what a subscription was told, or not, of events since then, with the ids it had; answers how many. */
    public Mono<Long> sendAgain(String subscription, Instant since, Instant now) {
        Bson again = and(
                eq("subscription", subscription),
                gte("eventTime", Date.from(since)),
                or(in("state", State.DELIVERED.name(), State.DEAD.name()), eq("suppressed", DISABLED)));
        return run(deliveries -> deliveries.updateMany(and(again, ne("attempts", List.of())), set(TOLD_BEFORE, true)))
                .thenMany(run(deliveries -> deliveries.updateMany(
                        again,
                        combine(
                                set("state", State.SCHEDULED.name()),
                                set("due", Date.from(now)),
                                set("attempts", List.of()),
                                unset("finishedAt"),
                                unset("suppressed"),
                                unset("overtakenBy")))))
                .next()
                .map(result -> result.getModifiedCount());
    }

    /** How many were found when the event was matched. */
    public Mono<Long> countMatched(String event) {
        return run(deliveries ->
                        deliveries.countDocuments(and(DeliveryLedger.of(event), exists(DeliveryLedger.LATE, false))))
                .next();
    }

    /** Those that meet the conditions, newest event first. */
    public Flux<Delivery> list(Bson conditions, int limit) {
        return run(deliveries -> deliveries
                        .find(conditions)
                        .sort(Sorts.descending("_id"))
                        .limit(limit)
                        .batchSize(limit))
                .collectList()
                .flatMapMany(page -> {
                    List<Delivery> read = readable(page, DeliveryDocument::read);
                    Flux<Delivery> rest = page.size() < limit || read.size() == limit
                            ? Flux.empty()
                            : list(and(conditions, lt("_id", last(page))), limit - read.size());
                    return Flux.fromIterable(read).concatWith(rest);
                });
    }

    public Mono<Void> removeBefore(Instant time) {
        return run(deliveries -> deliveries.deleteMany(lt("eventTime", Date.from(time))))
                .then();
    }

    private <T> Flux<T> run(Function<MongoCollection<Document>, Publisher<T>> work) {
        return mongo.execute(COLLECTION, work::apply);
    }
}
