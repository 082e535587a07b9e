package broadsheet.article.session;

import broadsheet.article.outbox.OutboxRelay;
import broadsheet.store.StoreAtStart;
import broadsheet.web.access.StaffSessions;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;
import org.springframework.stereotype.Component;
import reactor.core.Disposable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;

/**
 * Says which key signs: the newest one that Kafka has had for a minute, so that every service knows it; of several that
 * nobody may know yet, the oldest, so that all instances agree. A first key and a newer one are made when it is time.
 */
@Component
class SigningKeyRotation implements SmartLifecycle {

    private static final Logger log = LoggerFactory.getLogger(SigningKeyRotation.class);
    private static final Duration CHECK = Duration.ofMinutes(1);
    private static final Duration WITHDRAWAL_CHECK = Duration.ofSeconds(1);

    /** How much longer a key counts than its last token, whose time is checked by clocks that may differ. */
    private static final Duration SLACK = Duration.ofDays(1);

    private final SigningKeys keys;
    private final StaffSessions sessions;
    private final OutboxRelay relay;
    private final SessionProperties properties;
    private final InstantSource clock;
    private volatile @Nullable SigningKey current;
    private @Nullable Disposable checks;

    SigningKeyRotation(
            SigningKeys keys,
            StaffSessions sessions,
            OutboxRelay relay,
            SessionProperties properties,
            InstantSource clock) {
        this.keys = keys;
        this.sessions = sessions;
        this.relay = relay;
        this.properties = properties;
        this.clock = clock;
    }

    SigningKey current() {
        return Objects.requireNonNull(current, "The service has not been started");
    }

    /** Before the web server, so that whoever signs in gets a token. */
    @Override
    public int getPhase() {
        return 0;
    }

    @Override
    public synchronized void start() {
        StoreAtStart.await(keys.unexpired()
                .collectList()
                .flatMap(known -> rotated(known)
                        .thenMany(Flux.fromIterable(known).concatMap(keys::publishAgain))
                        .then()));
        checks = Flux.merge(
                        Flux.interval(CHECK), Flux.interval(WITHDRAWAL_CHECK).filter(tick -> isWithdrawn()))
                .onBackpressureDrop()
                .concatMap(tick -> check())
                .subscribe();
    }

    /** Another instance did it, and {@code staff.sessions} says so. */
    private boolean isWithdrawn() {
        return !sessions.isKeyGood(current().id(), clock.instant());
    }

    /** Makes a new key and withdraws all others: no token that they signed counts any longer, in any service. */
    Mono<Void> replaceAll() {
        return keys.unexpired()
                .collectList()
                .flatMap(old -> generated(clock.instant())
                        .doOnNext(made -> {
                            sessions.apply(made.toEvent());
                            current = made;
                        })
                        .thenMany(Flux.fromIterable(old))
                        .concatMap(key -> keys.withdraw(key)
                                .doOnSuccess(
                                        done -> sessions.apply(key.withdrawn().toEvent())))
                        .then()
                        .doOnSuccess(done -> relay.nudge()));
    }

    @Override
    public synchronized void stop() {
        if (checks != null) {
            checks.dispose();
            checks = null;
        }
    }

    @Override
    public synchronized boolean isRunning() {
        return checks != null;
    }

    private Mono<Void> check() {
        return keys.unexpired()
                .collectList()
                .flatMap(this::rotated)
                .timeout(CHECK)
                .onErrorResume(e -> {
                    log.warn("Signing keys cannot be checked now; the one that signs goes on: {}", e.toString());
                    return Mono.empty();
                });
    }

    private Mono<Void> rotated(List<SigningKey> stored) {
        stored.forEach(key -> sessions.apply(key.toEvent()));
        Instant now = clock.instant();
        List<SigningKey> known = stored.stream()
                .filter(key -> sessions.isKeyGood(key.id(), now)) // not one withdrawn after a backup of the store
                .toList();
        boolean isTime =
                known.stream().noneMatch(key -> now.isBefore(key.createdAt().plus(properties.rotateKeyAfter())));
        if (!isTime) {
            current = signingKey(known, now);
            return Mono.empty();
        }
        return generated(now)
                .doOnNext(made -> {
                    sessions.apply(made.toEvent());
                    current = known.isEmpty() ? made : signingKey(known, now);
                })
                .then();
    }

    private Mono<SigningKey> generated(Instant now) {
        Instant createdAt = now.truncatedTo(ChronoUnit.MILLIS);
        Instant expiresAt = createdAt
                .plus(properties.rotateKeyAfter())
                .plus(properties.lifetime())
                .plus(SLACK);
        return Mono.fromCallable(() -> SigningKey.generate(createdAt, expiresAt))
                .subscribeOn(Schedulers.boundedElastic())
                .flatMap(keys::add)
                .doOnNext(made -> log.info("A new key signs sessions: {}", made.id()));
    }

    /** @param known at least one, the oldest first */
    static SigningKey signingKey(List<SigningKey> known, Instant now) {
        return known.stream()
                .filter(SigningKey::published)
                .filter(key -> key.createdAt().isBefore(now.minus(CHECK)))
                .reduce((older, newer) -> newer)
                .orElse(known.get(0));
    }
}
