package broadsheet.notification.delivery;

import broadsheet.notification.event.StoredEvents;
import java.time.InstantSource;
import java.util.List;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** Adds deliveries of events that were matched before; for the ledger they count among those the event is told to. */
@Component
public class LateDeliveries {

    private final Deliveries deliveries;
    private final StoredEvents events;
    private final InstantSource clock;

    LateDeliveries(Deliveries deliveries, StoredEvents events, InstantSource clock) {
        this.deliveries = deliveries;
        this.events = events;
        this.clock = clock;
    }

    /** Adds those that are not there yet; answers how many. */
    public Mono<Long> add(List<Delivery> late) {
        return deliveries.add(late).delayUntil(added -> added == 0 ? Mono.empty() : recount(late));
    }

    private Mono<Void> recount(List<Delivery> added) {
        return Flux.fromIterable(added)
                .map(Delivery::event)
                .distinct()
                .concatMap(event ->
                        deliveries.count(event).flatMap(count -> events.matched(event, count, clock.instant())))
                .then();
    }
}
