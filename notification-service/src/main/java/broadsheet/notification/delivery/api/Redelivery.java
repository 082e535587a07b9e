package broadsheet.notification.delivery.api;

import broadsheet.notification.delivery.Deliveries;
import broadsheet.notification.delivery.Delivery;
import broadsheet.notification.delivery.SubscriptionDeliveries;
import broadsheet.notification.delivery.sending.QueueWakeUps;
import broadsheet.notification.event.StoredEvents;
import broadsheet.notification.subscription.Subscription;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;

/**
 * Tells a subscriber again what happened since some time, also what came while the subscription was disabled. What was told
 * of an article that is withdrawn since stays as it is: there is nothing left to tell but the withdrawal.
 */
@Component
class Redelivery {

    private static final int PAGE = 500;

    /** The oldest of them, so that whoever needs more asks again from there. */
    private static final int MAX_EVENTS = 10_000;

    private final StoredEvents events;
    private final Deliveries deliveries;
    private final SubscriptionDeliveries ofSubscription;
    private final QueueWakeUps wakeUps;
    private final InstantSource clock;

    Redelivery(
            StoredEvents events,
            Deliveries deliveries,
            SubscriptionDeliveries ofSubscription,
            QueueWakeUps wakeUps,
            InstantSource clock) {
        this.events = events;
        this.deliveries = deliveries;
        this.ofSubscription = ofSubscription;
        this.wakeUps = wakeUps;
        this.clock = clock;
    }

    /** Answers how many events are told; goes on where nobody waits for the answer any more. */
    Mono<Long> tellSince(Subscription subscription, Instant since) {
        return Mono.fromFuture(() -> tell(subscription, since).toFuture(), true);
    }

    private Mono<Long> tell(Subscription subscription, Instant since) {
        Instant now = clock.instant();
        Mono<Long> told = events.since(since)
                .take(MAX_EVENTS)
                .map(event -> event.notification().id())
                .collectList()
                .flatMap(tellable -> ofSubscription.sendAgain(subscription.id(), tellable, now));
        return told.concatWith(events.since(since)
                        .take(MAX_EVENTS)
                        .filter(event -> subscription.filter().matches(event))
                        .map(event -> Delivery.scheduled(event, subscription, List.of("redelivery"), now, now, null))
                        .buffer(PAGE)
                        .concatMap(deliveries::addLate))
                .reduce(0L, Long::sum)
                .delayUntil(count -> Mono.fromRunnable(wakeUps::send).subscribeOn(Schedulers.boundedElastic()));
    }
}
