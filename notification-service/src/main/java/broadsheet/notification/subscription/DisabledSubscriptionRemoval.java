package broadsheet.notification.subscription;

import broadsheet.notification.NotificationProperties;
import broadsheet.store.PeriodicWork;
import java.time.Duration;
import java.time.InstantSource;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Mono;

/** Deletes subscriptions, with their addresses, that were disabled long ago and not enabled since: every hour. */
@Component
public class DisabledSubscriptionRemoval extends PeriodicWork {

    private final SubscriptionRemoval removal;
    private final Duration keptFor;
    private final InstantSource clock;

    DisabledSubscriptionRemoval(SubscriptionRemoval removal, NotificationProperties properties, InstantSource clock) {
        super(Duration.ofMinutes(3), Duration.ofHours(1));
        this.removal = removal;
        this.keptFor = properties.disabledKeptFor();
        this.clock = clock;
    }

    @Override
    public Mono<Void> run() {
        return Mono.defer(() -> removal.removeDisabledBefore(clock.instant().minus(keptFor)));
    }
}
