package broadsheet.notification.delivery;

import static com.mongodb.client.model.Filters.and;
import static com.mongodb.client.model.Filters.eq;
import static com.mongodb.client.model.Filters.in;
import static com.mongodb.client.model.Filters.ne;
import static com.mongodb.client.model.Filters.or;
import static com.mongodb.client.model.Updates.combine;
import static com.mongodb.client.model.Updates.set;
import static com.mongodb.client.model.Updates.unset;

import broadsheet.notification.delivery.Delivery.State;
import broadsheet.notification.subscription.SubscriptionListener;
import com.mongodb.reactivestreams.client.MongoCollection;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Collection;
import java.util.Date;
import java.util.List;
import java.util.function.Function;
import org.bson.Document;
import org.bson.conversions.Bson;
import org.reactivestreams.Publisher;
import org.springframework.data.mongodb.core.ReactiveMongoTemplate;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** What becomes of the deliveries of one subscription: nothing more is sent, what they keep is erased, or they are sent again. */
@Component
public class SubscriptionDeliveries implements SubscriptionListener {

    private final ReactiveMongoTemplate mongo;
    private final InstantSource clock;

    public SubscriptionDeliveries(ReactiveMongoTemplate mongo, InstantSource clock) {
        this.mongo = mongo;
        this.clock = clock;
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

    /** Schedules again what a subscription was told, or not, of these events, with the ids it had; answers how many. */
    public Mono<Long> sendAgain(String subscription, Collection<String> events, Instant now) {
        Bson again = and(
                in(
                        "_id",
                        events.stream()
                                .map(event -> Delivery.id(event, subscription))
                                .toList()),
                or(in("state", State.DELIVERED.name(), State.DEAD.name()), eq("suppressed", Deliveries.DISABLED)));
        return run(deliveries -> deliveries.updateMany(
                        and(again, ne("attempts", List.of())), set(EarlierDelivery.TOLD_BEFORE, true)))
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

    private <T> Flux<T> run(Function<MongoCollection<Document>, Publisher<T>> work) {
        return mongo.execute(Deliveries.COLLECTION, work::apply);
    }
}
