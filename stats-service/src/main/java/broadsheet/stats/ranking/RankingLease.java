package broadsheet.stats.ranking;

import static com.mongodb.client.model.Filters.and;
import static com.mongodb.client.model.Filters.eq;
import static com.mongodb.client.model.Filters.lt;
import static com.mongodb.client.model.Filters.or;
import static com.mongodb.client.model.Updates.combine;
import static com.mongodb.client.model.Updates.set;

import broadsheet.stats.store.StatsCollections;
import broadsheet.store.DuplicateKeys;
import com.mongodb.client.model.UpdateOptions;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Date;
import java.util.UUID;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Mono;

/**
 * {@code stats_leases}: lets one instance at a time make the rankings. Two that believe to hold it, as their clocks differ,
 * do the same work twice and store the same.
 */
@Component
class RankingLease {

    private static final Duration LENGTH = Duration.ofSeconds(15);
    private static final Duration RENEWED_BEFORE = Duration.ofSeconds(10);
    private static final String COLLECTION = "stats_leases";
    private static final String ID = "rankings";
    private static final String HOLDER = "holder";
    private static final String UNTIL = "until";

    private final StatsCollections collections;
    private final InstantSource clock;
    private final String holder = UUID.randomUUID().toString();
    private volatile Instant heldUntil = Instant.EPOCH;

    RankingLease(StatsCollections collections, InstantSource clock) {
        this.collections = collections;
        this.clock = clock;
    }

    /** Whether this instance holds the lease now; renewed every few seconds, not at each call. */
    Mono<Boolean> isHeld() {
        return Mono.defer(
                () -> clock.instant().plus(RENEWED_BEFORE).isBefore(heldUntil) ? Mono.just(true) : acquireOrRenew());
    }

    /** Where another instance holds it the upsert matches nothing, inserts, and fails as a duplicate. */
    private Mono<Boolean> acquireOrRenew() {
        Instant now = clock.instant();
        Instant until = now.plus(LENGTH);
        return collections
                .named(COLLECTION)
                .flatMap(leases -> Mono.from(leases.updateOne(
                        and(eq("_id", ID), or(eq(HOLDER, holder), lt(UNTIL, Date.from(now)))),
                        combine(set(HOLDER, holder), set(UNTIL, Date.from(until))),
                        new UpdateOptions().upsert(true))))
                .map(taken -> true)
                .onErrorResume(DuplicateKeys::areWhy, e -> Mono.just(false))
                .doOnNext(held -> heldUntil = held ? until : Instant.EPOCH);
    }

    /** Frees the lease, so that the next instance need not wait for its end. */
    Mono<Void> release() {
        return Mono.defer(() -> {
            if (heldUntil.equals(Instant.EPOCH)) {
                return Mono.empty();
            }
            heldUntil = Instant.EPOCH;
            return collections
                    .named(COLLECTION)
                    .flatMap(leases -> Mono.from(leases.updateOne(
                            and(eq("_id", ID), eq(HOLDER, holder)), set(UNTIL, Date.from(Instant.EPOCH)))))
                    .then();
        });
    }
}
