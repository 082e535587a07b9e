package broadsheet.notification.email;

import broadsheet.notification.subscription.Subscriptions;
import java.time.Duration;
import java.time.InstantSource;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;
import org.springframework.stereotype.Component;
import reactor.core.Disposable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** Deletes subscriptions whose address nobody confirmed in time, with what limits remember of them: every hour. */
@Component
class UnconfirmedRemoval implements SmartLifecycle {

    private static final Logger log = LoggerFactory.getLogger(UnconfirmedRemoval.class);
    private static final Duration FIRST = Duration.ofMinutes(1);
    private static final Duration EVERY = Duration.ofHours(1);

    private final Subscriptions subscriptions;
    private final ConfirmationLimits limits;
    private final InstantSource clock;
    private volatile @Nullable Disposable running;

    UnconfirmedRemoval(Subscriptions subscriptions, ConfirmationLimits limits, InstantSource clock) {
        this.subscriptions = subscriptions;
        this.limits = limits;
        this.clock = clock;
    }

    Mono<Void> remove() {
        return subscriptions.removeUnconfirmed(clock.instant()).then(limits.forget());
    }

    @Override
    public void start() {
        running = Flux.interval(FIRST, EVERY)
                .onBackpressureDrop()
                .concatMap(time -> remove().onErrorResume(e -> {
                    log.warn("Unconfirmed subscriptions are not removed yet: {}", e.toString());
                    return Mono.empty();
                }))
                .subscribe();
    }

    @Override
    public void stop() {
        if (running != null) {
            running.dispose();
            running = null;
        }
    }

    @Override
    public boolean isRunning() {
        return running != null;
    }
}
