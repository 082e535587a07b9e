package broadsheet.notification.delivery;

import static com.mongodb.client.model.Filters.and;
import static com.mongodb.client.model.Filters.exists;
import static com.mongodb.client.model.Filters.lt;

import broadsheet.notification.DocumentReader;
import broadsheet.store.CollectionOwner;
import broadsheet.store.DuplicateKeys;
import com.mongodb.MongoBulkWriteException;
import com.mongodb.client.model.IndexModel;
import com.mongodb.client.model.Indexes;
import com.mongodb.client.model.InsertManyOptions;
import com.mongodb.client.model.Sorts;
import com.mongodb.reactivestreams.client.MongoCollection;
import java.time.Instant;
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

/** The store of all deliveries: adds and lists them. */
@Component
public class Deliveries implements CollectionOwner {

    public static final String COLLECTION = "notificationDeliveries";

    /** Why nothing is sent to a subscription that was disabled. */
    public static final String DISABLED = "disabled";

    public static final String CORRECTED = "replaced by a correction";
    public static final String WITHDRAWN = "withdrawn";

    private final ReactiveMongoTemplate mongo;

    public Deliveries(ReactiveMongoTemplate mongo) {
        this.mongo = mongo;
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
        return bulk(e).filter(DuplicateKeys::areWhy).isPresent();
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
                    List<Delivery> read = DocumentReader.readAll("delivery", page, DeliveryDocument::read);
                    return read.size() == page.size() || page.size() < limit
                            ? Flux.fromIterable(read)
                            : Flux.fromIterable(read)
                                    .concatWith(list(and(conditions, isBehind(page)), limit - read.size()));
                });
    }

    private static Bson isBehind(List<Document> page) {
        return lt("_id", page.get(page.size() - 1).getString("_id"));
    }

    public Mono<Void> removeBefore(Instant time) {
        return run(deliveries -> deliveries.deleteMany(lt("eventTime", Date.from(time))))
                .then();
    }

    private <T> Flux<T> run(Function<MongoCollection<Document>, Publisher<T>> work) {
        return mongo.execute(COLLECTION, work::apply);
    }
}
