package broadsheet.notification.delivery.sending;

import broadsheet.notification.channel.DeliveryOutcome;
import broadsheet.notification.channel.DeliveryOutcome.Failed;
import broadsheet.notification.delivery.Delivery.Attempt;
import broadsheet.notification.delivery.Delivery.State;
import broadsheet.notification.delivery.sending.DeliveryClaims.Claimed;
import broadsheet.notification.subscription.Subscription;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;
import reactor.util.retry.Retry;

/**
 * Stores what became of attempts, many in one write, and draws the consequences: another try, or none and the end of the
 * subscription. What the store does not take is stored once it does.
 */
@Component
class AttemptResults {

    private static final Logger log = LoggerFactory.getLogger(AttemptResults.class);
    private static final int TOGETHER = 500;
    private static final Duration GATHERS_FOR = Duration.ofMillis(10);

    private final DeliveryClaims claims;
    private final SubscriptionDisabler disabler;
    private final DeliveryMetrics metrics;
    private final AlertReporter alerts;
    private final InstantSource clock;
    private volatile Sinks.Many<Unstored> unstored = newSink();
    private volatile boolean storeAway;

    AttemptResults(
            DeliveryClaims claims,
            SubscriptionDisabler disabler,
            DeliveryMetrics metrics,
            AlertReporter alerts,
            InstantSource clock) {
        this.claims = claims;
        this.disabler = disabler;
        this.metrics = metrics;
        this.alerts = alerts;
        this.clock = clock;
    }

    /** Stores until it is disposed of; then it can be called again, since Spring may start again what it stopped. */
    Mono<Void> storeAll() {
        unstored = newSink(); // of this start: one takes no second reader
        return unstored.asFlux()
                .bufferTimeout(TOGETHER, GATHERS_FOR, true) // gathers on while the store is busy
                .concatMap(this::storeTogether, 0)
                .then();
    }

    private static Sinks.Many<Unstored> newSink() {
        return Sinks.many().unicast().onBackpressureBuffer();
    }

    /** Completes once the store has it. */
    Mono<Void> store(List<Claimed> sent, Subscription subscription, DeliveryOutcome outcome, Instant begun) {
        Instant now = clock.instant();
        Attempt attempt = new Attempt(begun, Duration.between(begun, now), outcome.status(), outcome.detail());
        Instant next = nextTry(sent, outcome, now);
        List<ClaimResult> finished = sent.stream()
                .map(claimed -> ClaimResult.of(claimed, subscription, outcome, attempt, next, now))
                .toList();
        metrics.attempted(subscription.channel(), finished);
        return store(finished)
                .then(Mono.defer(() -> disabler.disableWhereOver(subscription, outcome, finished, now)
                        .onErrorResume(this::storeIsAway)));
    }

    /** For whoever found the store away; says so once. */
    <T> Mono<T> storeIsAway(Throwable e) {
        if (!storeAway) {
            storeAway = true;
            log.warn("Nothing is sent to subscribers while the store is away: {}", e.toString());
        }
        return Mono.empty();
    }

    /** One message must not end the sending of all others: it is sent again once its claim ends. */
    Mono<Void> goOnDespite(Throwable e) {
        log.error("A message is not finished and will be sent again", e);
        return Mono.empty();
    }

    /** For what could not be sent; what cannot be read is said once, since it ends with it. */
    Mono<Void> storeUnsent(List<ClaimResult> unsent) {
        List<ClaimResult> unreadable =
                unsent.stream().filter(one -> one.state() == State.DEAD).toList();
        unreadable.forEach(one -> log.warn(
                "What the delivery {} tells, or whom, cannot be read, so it is set aside: {}",
                one.claimed().delivery().id(),
                one.suppressed()));
        metrics.unreadable(unreadable.size());
        return store(unsent);
    }

    private Mono<Void> store(List<ClaimResult> finished) {
        if (finished.isEmpty()) {
            return Mono.empty();
        }
        return Mono.defer(() -> {
            Sinks.Empty<Void> stored = Sinks.empty();
            synchronized (this) { // a sink takes from one thread at a time
                unstored.emitNext(new Unstored(finished, stored), Sinks.EmitFailureHandler.FAIL_FAST);
            }
            return stored.asMono();
        });
    }

    private Mono<Void> storeTogether(List<Unstored> together) {
        var attempts = new ArrayList<ClaimResult>();
        together.forEach(one -> attempts.addAll(one.finished()));
        return claims.finish(attempts)
                .doOnError(this::storeIsAway)
                .retryWhen(Retry.backoff(Long.MAX_VALUE, Duration.ofMillis(200)).maxBackoff(Duration.ofSeconds(5)))
                .doOnSuccess(stored -> {
                    storeAway = false;
                    alerts.changed(attempts);
                    together.forEach(one -> one.stored().tryEmitEmpty());
                });
    }

    /** One time for all that is in the message, or a receiver that knows its id would take the rest for a duplicate. */
    private static @Nullable Instant nextTry(List<Claimed> sent, DeliveryOutcome outcome, Instant now) {
        int before = sent.stream()
                .mapToInt(claimed -> claimed.delivery().attempts().size())
                .max()
                .orElse(0);
        return outcome instanceof Failed failed
                ? RetrySchedule.next(before + 1, failed.retryAfter(), now, ThreadLocalRandom.current())
                        .orElse(null)
                : null;
    }

    private record Unstored(List<ClaimResult> finished, Sinks.Empty<Void> stored) {}
}
