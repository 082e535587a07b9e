package broadsheet.notification.subscription;

import static com.mongodb.client.model.Filters.and;
import static com.mongodb.client.model.Filters.eq;
import static com.mongodb.client.model.Filters.lt;
import static com.mongodb.client.model.Projections.include;

import com.mongodb.reactivestreams.client.MongoCollection;
import java.time.Instant;
import java.util.Date;
import java.util.function.Function;
import org.bson.Document;
import org.bson.conversions.Bson;
import org.reactivestreams.Publisher;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.data.mongodb.core.ReactiveMongoTemplate;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** Removes subscriptions, and has all who keep something for them erase it, also where the service is killed meanwhile. */
@Component
public class SubscriptionRemoval {

    private final ReactiveMongoTemplate mongo;
    private final ObjectProvider<SubscriptionListener> listeners;
    private final RemovedSubscriptions removed;

    SubscriptionRemoval(ReactiveMongoTemplate mongo, ObjectProvider<SubscriptionListener> listeners) {
        this.mongo = mongo;
        this.listeners = listeners;
        this.removed = new RemovedSubscriptions(mongo);
    }

    /** Removes it and what waits for it, to the end though nobody waits for that; false where it is gone already. */
    public Mono<Boolean> remove(String id) {
        return Mono.fromFuture(() -> delete(id, eq("_id", id)).toFuture(), true);
    }

    /** Removes those that were disabled before then, and what is kept of them. */
    Mono<Void> removeDisabledBefore(Instant time) {
        Bson disabled = and(eq("state", Subscription.State.DISABLED.name()), lt("disabled.at", Date.from(time)));
        return run(documents -> documents.find(disabled).projection(include("_id")))
                .map(found -> found.getString("_id"))
                .collectList()
                .flatMapIterable(Function.identity())
                .concatMap(id -> delete(id, and(eq("_id", id), disabled))) // unless it was enabled meanwhile
                .then();
    }

    /** Notes it first, so that {@link #eraseRemoved} goes on where this is ended. */
    private Mono<Boolean> delete(String id, Bson which) {
        return removed.note(id)
                .then(Mono.defer(
                        () -> run(documents -> documents.deleteOne(which)).next()))
                .map(result -> result.getDeletedCount() == 1)
                .delayUntil(deleted -> deleted ? erase(id) : removed.forget(id));
    }

    /** Erases what is kept of those that are gone, but whose removal did not come to its end. */
    Mono<Void> eraseRemoved() {
        return removed.ids()
                .filterWhen(id -> run(documents -> documents.find(eq("_id", id)))
                        .hasElements()
                        .map(there -> !there))
                .concatMap(this::erase)
                .then();
    }

    private Mono<Void> erase(String id) {
        return Flux.fromStream(listeners::orderedStream)
                .concatMap(listener -> listener.onRemoved(id))
                .then(Mono.defer(() -> removed.forget(id)));
    }

    /** Forgets those whose address nobody confirmed; nothing is kept for them. */
    public Mono<Long> removeUnconfirmed(Instant now) {
        return run(documents -> documents.deleteMany(and(
                        eq("state", Subscription.State.PENDING.name()), lt("confirmation.expiresAt", Date.from(now)))))
                .next()
                .map(result -> result.getDeletedCount());
    }

    private <T> Flux<T> run(Function<MongoCollection<Document>, Publisher<T>> work) {
        return mongo.execute(Subscriptions.COLLECTION, work::apply);
    }
}
