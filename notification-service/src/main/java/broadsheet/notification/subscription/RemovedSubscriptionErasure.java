package broadsheet.notification.subscription;

import broadsheet.store.PeriodicWork;
import java.time.Duration;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Mono;

/** Erases what is kept of subscriptions that were removed just before the service was killed, or the store went away. */
@Component
class RemovedSubscriptionErasure extends PeriodicWork {

    private final SubscriptionRemoval removal;

    RemovedSubscriptionErasure(SubscriptionRemoval removal) {
        super(Duration.ofMinutes(1), Duration.ofMinutes(10));
        this.removal = removal;
    }

    @Override
    protected Mono<Void> run() {
        return removal.eraseRemoved();
    }
}
