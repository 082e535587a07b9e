package broadsheet.stats.generation;

import static com.mongodb.client.model.Filters.and;
import static com.mongodb.client.model.Filters.eq;
import static com.mongodb.client.model.Filters.exists;
import static com.mongodb.client.model.Filters.lt;
import static com.mongodb.client.model.Filters.or;
import static com.mongodb.client.model.Updates.combine;
import static com.mongodb.client.model.Updates.set;
import static com.mongodb.client.model.Updates.unset;

import broadsheet.stats.store.StatsCollections;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Date;
import java.util.Set;
import java.util.UUID;
import org.bson.conversions.Bson;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Mono;

/**
 * Which instance copies or compares a restatement. It says that it goes on before each page; one that has not for a minute is
 * replaced by another, and changes nothing any more.
 */
@Component
public class RestatementClaims {

    private static final Duration TIME = Duration.ofMinutes(1);
    private static final String UNTIL = "claimedUntil";
    private static final String BY = "claimedBy";

    static final Bson RELEASED = combine(unset(UNTIL), unset(BY));

    private final StatsCollections collections;
    private final InstantSource clock;
    private final String instance = UUID.randomUUID().toString();

    public RestatementClaims(StatsCollections collections, InstantSource clock) {
        this.collections = collections;
        this.clock = clock;
    }

    /** Whether it is this instance's now. */
    public Mono<Boolean> take(Restatement one) {
        Instant now = clock.instant();
        return update(
                and(eq("_id", one.number()), or(exists(UNTIL, false), lt(UNTIL, Date.from(now)))),
                combine(set(BY, instance), set(UNTIL, Date.from(now.plus(TIME)))));
    }

    /** Does a part of the work within a minute; fails where it is no longer this instance's, or in this state. */
    public <T> Mono<T> whileHeld(Restatement one, Mono<T> part) {
        return update(
                        and(eq("_id", one.number()), isHeld(), RestatementSteps.isIn(Set.of(one.state()))),
                        set(UNTIL, Date.from(clock.instant().plus(TIME))))
                .filter(held -> held)
                .switchIfEmpty(Mono.error(() -> new IllegalStateException("Restatement " + one.number()
                        + " is no longer " + one.state().told() + " by this instance")))
                .flatMap(held -> part);
    }

    /** Lets go of it, for whoever goes on. */
    public Mono<Void> release(Restatement one) {
        return update(and(eq("_id", one.number()), isHeld()), RELEASED).then();
    }

    Bson isHeld() {
        return eq(BY, instance);
    }

    private Mono<Boolean> update(Bson filter, Bson change) {
        return collections
                .named(Generations.COLLECTION)
                .flatMap(stored -> Mono.from(stored.updateOne(filter, change)))
                .map(result -> result.getMatchedCount() == 1);
    }
}
