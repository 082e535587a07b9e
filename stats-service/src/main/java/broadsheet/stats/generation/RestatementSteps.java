package broadsheet.stats.generation;

import static com.mongodb.client.model.Filters.and;
import static com.mongodb.client.model.Filters.eq;
import static com.mongodb.client.model.Filters.exists;
import static com.mongodb.client.model.Filters.in;
import static com.mongodb.client.model.Filters.or;
import static com.mongodb.client.model.Sorts.descending;
import static com.mongodb.client.model.Updates.combine;
import static com.mongodb.client.model.Updates.push;
import static com.mongodb.client.model.Updates.set;

import broadsheet.stats.generation.Restatement.Changes;
import broadsheet.stats.generation.Restatement.State;
import broadsheet.stats.store.StatsCollections;
import java.time.InstantSource;
import java.util.Date;
import java.util.Map;
import java.util.Set;
import org.bson.Document;
import org.bson.conversions.Bson;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** The restatements among the generations. Each step of one is a single write, which only applies to a state before it. */
@Component
public class RestatementSteps {

    private final StatsCollections collections;
    private final RestatementClaims claims;
    private final InstantSource clock;

    public RestatementSteps(StatsCollections collections, RestatementClaims claims, InstantSource clock) {
        this.collections = collections;
        this.claims = claims;
        this.clock = clock;
    }

    /** The newest first. */
    public Flux<Restatement> all() {
        return collections
                .read(
                        Generations.COLLECTION,
                        stored ->
                                stored.find(exists(StoredRestatement.ASKED_BY)).sort(descending("_id")))
                .map(StoredRestatement::read);
    }

    /** Those that no other may begin beside. */
    public Flux<Restatement> underWay() {
        return all().filter(one -> one.state().isUnderWay());
    }

    public Mono<Boolean> approve(Restatement one, String by) {
        return take(one, State.APPROVED, by, Set.of(State.READY));
    }

    /** What it keeps is copied, by the instance that has claimed it: from now on it is counted. */
    public Mono<Boolean> copied(Restatement one) {
        return update(
                and(eq("_id", one.number()), isIn(Set.of(State.COPYING)), claims.isHeld()),
                combine(step(State.COUNTING, null), RestatementClaims.RELEASED));
    }

    /** Nothing counts it any more, and its documents are dropped once every instance has noticed. */
    public Mono<Boolean> cancel(Restatement one, String by) {
        return take(
                one,
                State.CANCELLED,
                by,
                Set.of(State.COPYING, State.COUNTING, State.READY),
                set(StoredGeneration.RETIRED_AT, Date.from(clock.instant())));
    }

    public Mono<Boolean> reverse(Restatement one, String by) {
        return take(one, State.REVERSING, by, Set.of(State.SERVED));
    }

    /** It stays served, and what it replaced is no longer waited for. */
    public Mono<Boolean> keep(Restatement one, String by) {
        return take(one, State.SERVED, by, Set.of(State.REVERSING));
    }

    public Mono<Boolean> ready(Restatement one, Changes changes) {
        return take(one, State.READY, null, Set.of(State.COUNTING), StoredRestatement.with(changes));
    }

    /** Notes what it is about to replace; false where it is no longer to be served. */
    public Mono<Boolean> replaces(Restatement one, Map<String, Integer> replaced) {
        return update(
                and(eq("_id", one.number()), isIn(Set.of(State.APPROVED))),
                set(StoredRestatement.REPLACED, new Document(Map.copyOf(replaced))));
    }

    public Mono<Boolean> served(Restatement one) {
        return take(one, State.SERVED, null, Set.of(State.APPROVED));
    }

    public Mono<Boolean> reversed(Restatement one) {
        return take(one, State.REVERSED, null, Set.of(State.REVERSING));
    }

    private Mono<Boolean> take(Restatement one, State to, @Nullable String by, Set<State> from, Bson... also) {
        Bson step = step(to, by);
        return update(and(eq("_id", one.number()), isIn(from)), also.length == 0 ? step : combine(step, also[0]));
    }

    private Bson step(State to, @Nullable String by) {
        return combine(
                set(StoredRestatement.STATE, to.told()),
                push(StoredRestatement.STEPS, StoredRestatement.step(to, clock.instant(), by)));
    }

    /** Earlier releases stored no state of those that were counted. */
    static Bson isIn(Set<State> states) {
        Bson named =
                in(StoredRestatement.STATE, states.stream().map(State::told).toList());
        return states.contains(State.COUNTING) ? or(named, exists(StoredRestatement.STATE, false)) : named;
    }

    /** Whether the document was found. */
    private Mono<Boolean> update(Bson filter, Bson change) {
        return collections
                .named(Generations.COLLECTION)
                .flatMap(stored -> Mono.from(stored.updateOne(filter, change)))
                .map(result -> result.getMatchedCount() == 1);
    }
}
