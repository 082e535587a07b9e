package broadsheet.notification.email;

import broadsheet.notification.subscription.Subscriptions;
import broadsheet.store.PeriodicWork;
import java.time.Duration;
import java.time.InstantSource;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Mono;

/** Deletes subscriptions whose address nobody confirmed in time, with what limits remember of them: every hour. */
@Component
class UnconfirmedSubscriptionRemoval extends PeriodicWork {

    private final Subscriptions subscriptions;
    private final ConfirmationLimits limits;
    private final InstantSource clock;

    UnconfirmedSubscriptionRemoval(Subscriptions subscriptions, ConfirmationLimits limits, InstantSource clock) {
        super(Duration.ofMinutes(1), Duration.ofHours(1));
        this.subscriptions = subscriptions;
        this.limits = limits;
        this.clock = clock;
    }

    @Override
    protected Mono<Void> run() {
        return subscriptions.removeUnconfirmed(clock.instant()).then(limits.forget());
    }
}
