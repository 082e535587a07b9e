package broadsheet.notification.email;

import broadsheet.notification.subscription.SubscriptionRemoval;
import broadsheet.store.PeriodicWork;
import java.time.Duration;
import java.time.InstantSource;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Mono;

/** Deletes subscriptions whose address nobody confirmed in time, with what limits remember of them: every hour. */
@Component
class UnconfirmedSubscriptionRemoval extends PeriodicWork {

    private final SubscriptionRemoval removal;
    private final ConfirmationLimits limits;
    private final InstantSource clock;

    UnconfirmedSubscriptionRemoval(SubscriptionRemoval removal, ConfirmationLimits limits, InstantSource clock) {
        super(Duration.ofMinutes(1), Duration.ofHours(1));
        this.removal = removal;
        this.limits = limits;
        this.clock = clock;
    }

    @Override
    protected Mono<Void> run() {
        return removal.removeUnconfirmed(clock.instant()).then(limits.forget());
    }
}
