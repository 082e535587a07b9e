package broadsheet.stats.generation;

import static com.mongodb.client.model.Filters.and;
import static com.mongodb.client.model.Filters.eq;
import static com.mongodb.client.model.Filters.exists;
import static com.mongodb.client.model.Filters.lt;
import static com.mongodb.client.model.Filters.ne;
import static com.mongodb.client.model.Filters.or;
import static com.mongodb.client.model.Sorts.ascending;
import static com.mongodb.client.model.Updates.addToSet;
import static com.mongodb.client.model.Updates.set;
import static com.mongodb.client.model.Updates.unset;

import broadsheet.stats.store.StatsCollections;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Date;
import org.bson.conversions.Bson;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/**
 * {@code stats_generations}: the generations that there are. One is counted until others serve all its projections, and
 * dropped some time later.
 */
@Component
public class Generations {

    static final String COLLECTION = "stats_generations";

    private static final Duration DROPPED_AGAIN_AFTER = Duration.ofDays(1);

    private final StatsCollections collections;
    private final InstantSource clock;

    public Generations(StatsCollections collections, InstantSource clock) {
        this.collections = collections;
        this.clock = clock;
    }

    /** Those that are counted, the oldest first; one whose copies are not complete is not yet. */
    public Flux<Generation> counted() {
        return collections
                .read(
                        COLLECTION,
                        stored -> stored.find(and(
                                        ne("_id", ServedGenerations.ID),
                                        exists(StoredGeneration.RETIRED_AT, false),
                                        ne(StoredRestatement.STATE, Restatement.State.COPYING.told())))
                                .sort(ascending("_id")))
                .map(StoredGeneration::read);
    }

    /** Those that have documents, served or not, the oldest first; one whose copies are not complete has no whole ones yet. */
    public Flux<Generation> kept() {
        return collections
                .read(
                        COLLECTION,
                        stored -> stored.find(and(
                                        ne("_id", ServedGenerations.ID),
                                        exists(StoredGeneration.DROPPED_AT, false),
                                        ne(StoredRestatement.STATE, Restatement.State.COPYING.told())))
                                .sort(ascending("_id")))
                .map(StoredGeneration::read);
    }

    /** With those that are no longer counted, or not yet. */
    Flux<Generation> all() {
        return collections
                .read(COLLECTION, stored -> stored.find(ne("_id", ServedGenerations.ID)))
                .map(StoredGeneration::read);
    }

    /** Notes that a generation is counted by these rules too. */
    public Mono<Void> addRuleset(Generation generation, String ruleset) {
        return update(generation, addToSet(StoredGeneration.LATER_RULESETS, ruleset));
    }

    /** A generation of which nothing is served any more is no longer counted. */
    public Mono<Void> retire(Generation generation) {
        return update(generation, set(StoredGeneration.RETIRED_AT, Date.from(clock.instant())));
    }

    /** Goes on with the count of one that is retired, unless it is dropped. */
    public Mono<Void> countAgain(int number) {
        return collections
                .named(COLLECTION)
                .flatMap(stored -> Mono.from(stored.updateOne(
                        and(eq("_id", number), exists(StoredGeneration.DROPPED_AT, false)),
                        unset(StoredGeneration.RETIRED_AT))))
                .then();
    }

    /**
     * Those that were retired before this time and are to be dropped: for the first time, or once more a day later, since an
     * instance that was paused meanwhile may have written to them.
     */
    public Flux<Generation> retiredBefore(Instant time) {
        Date dayBefore = Date.from(clock.instant().minus(DROPPED_AGAIN_AFTER));
        return collections
                .read(
                        COLLECTION,
                        stored -> stored.find(and(
                                lt(StoredGeneration.RETIRED_AT, Date.from(time)),
                                or(
                                        exists(StoredGeneration.DROPPED_AT, false),
                                        lt(StoredGeneration.DROPPED_AT, dayBefore)))))
                .map(StoredGeneration::read);
    }

    /** Drops the documents of a generation, and these collections that belong to it. */
    public Mono<Void> drop(Generation generation, String... others) {
        return Flux.concat(
                        Flux.fromIterable(generation.projections()),
                        Flux.fromIterable(StoredGeneration.FORMER_PROJECTIONS),
                        Flux.just(StoredGeneration.ROLLUPS))
                .map(generation::collection)
                .concatWithValues(others)
                .concatMap(name -> collections.named(name).flatMap(documents -> Mono.from(documents.drop())))
                .then(update(generation, set(StoredGeneration.DROPPED_AT, Date.from(clock.instant()))));
    }

    private Mono<Void> update(Generation generation, Bson change) {
        return collections
                .named(COLLECTION)
                .flatMap(stored -> Mono.from(stored.updateOne(eq("_id", generation.number()), change)))
                .then();
    }
}
