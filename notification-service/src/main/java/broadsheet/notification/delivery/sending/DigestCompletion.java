package broadsheet.notification.delivery.sending;

import static com.mongodb.client.model.Filters.and;
import static com.mongodb.client.model.Filters.gt;
import static com.mongodb.client.model.Filters.in;
import static com.mongodb.client.model.Filters.lte;
import static com.mongodb.client.model.Updates.set;

import broadsheet.notification.delivery.Deliveries;
import broadsheet.notification.delivery.Delivery;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Date;
import java.util.List;
import java.util.Objects;
import java.util.stream.Collectors;
import org.springframework.data.mongodb.core.ReactiveMongoTemplate;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/**
 * Keeps digests that are sent again whole, also where the store had taken only a part of what became of the last attempt: a
 * receiver that knows the id of the one part would take the other for a duplicate.
 */
@Component
class DigestCompletion {

    private final ReactiveMongoTemplate mongo;
    private final UnreadableDeliveries unreadable;

    DigestCompletion(ReactiveMongoTemplate mongo, UnreadableDeliveries unreadable) {
        this.mongo = mongo;
        this.unreadable = unreadable;
    }

    /** Completes them by what else has their id and is due; leaves out those of which a part is due later, until then. */
    Mono<List<DueMessage>> whole(List<DueMessage> due, Instant now) {
        List<DueMessage> repeated =
                due.stream().filter(DueMessage::isRepeatedDigest).toList();
        if (repeated.isEmpty()) {
            return Mono.just(due);
        }
        return pending(repeated).flatMap(pending -> {
            var parts = pending.stream().collect(Collectors.groupingBy(part -> String.valueOf(part.message())));
            List<DueMessage> completed = due.stream()
                    .map(message -> message.isRepeatedDigest()
                            ? new DueMessage(
                                    message.id(),
                                    Objects.requireNonNullElse(parts.get(message.id()), message.deliveries()))
                            : message)
                    .toList();
            var early = new ArrayList<DueMessage>();
            var whole = new ArrayList<DueMessage>();
            completed.forEach(message -> (message.dueWhole().isAfter(now) ? early : whole).add(message));
            return Flux.fromIterable(early)
                    .concatMap(message -> putOff(message, now))
                    .then(Mono.just(whole));
        });
    }

    private Mono<List<Delivery>> pending(List<DueMessage> digests) {
        var subscriptions = digests.stream()
                .map(digest -> digest.deliveries().get(0).subscription())
                .collect(Collectors.toSet());
        var ids = digests.stream().map(DueMessage::id).toList();
        return mongo.execute(
                        Deliveries.COLLECTION,
                        deliveries -> deliveries.find(and(
                                in("subscription", subscriptions),
                                in("message", ids),
                                gt("due", Date.from(Instant.EPOCH)))))
                .collectList()
                .flatMap(unreadable::readOthers);
    }

    private Mono<Void> putOff(DueMessage digest, Instant now) {
        var ids = digest.deliveries().stream().map(Delivery::id).toList();
        return mongo.execute(
                        Deliveries.COLLECTION,
                        deliveries -> deliveries.updateMany(
                                and(in("_id", ids), lte("due", Date.from(now))),
                                set("due", Date.from(digest.dueWhole()))))
                .then();
    }
}
