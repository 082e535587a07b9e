package broadsheet.notification.delivery;

import broadsheet.notification.NotificationProperties;
import broadsheet.notification.event.StoredEvents;
import broadsheet.store.PeriodicWork;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Mono;
import reactor.util.retry.Retry;

/** Deletes events, and their deliveries, that are older than they are kept: every hour. */
@Component
class OldDeliveryRemoval extends PeriodicWork {

    /** The time limit of the store ends a large removal on its way; what is gone stays gone, so it goes on from there. */
    private static final Retry GOES_ON = Retry.fixedDelay(20, Duration.ofSeconds(10));

    private final Deliveries deliveries;
    private final StoredEvents events;
    private final NotificationProperties properties;
    private final InstantSource clock;

    OldDeliveryRemoval(
            Deliveries deliveries, StoredEvents events, NotificationProperties properties, InstantSource clock) {
        super(Duration.ofMinutes(2), Duration.ofHours(1));
        this.deliveries = deliveries;
        this.events = events;
        this.properties = properties;
        this.clock = clock;
    }

    /** Deliveries first: one whose event is gone could not be sent. */
    @Override
    protected Mono<Void> run() {
        return Mono.defer(() -> {
                    Instant oldest = clock.instant().minus(properties.keptFor());
                    return deliveries.removeBefore(oldest).then(events.removeBefore(oldest));
                })
                .retryWhen(GOES_ON);
    }
}
