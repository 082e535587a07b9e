package broadsheet.stats.generation;

import static com.mongodb.client.model.Filters.and;
import static com.mongodb.client.model.Filters.eq;
import static com.mongodb.client.model.Filters.exists;
import static com.mongodb.client.model.Filters.lt;
import static com.mongodb.client.model.Filters.ne;
import static com.mongodb.client.model.Sorts.ascending;
import static com.mongodb.client.model.Updates.addToSet;
import static com.mongodb.client.model.Updates.set;
import static com.mongodb.client.model.Updates.unset;

import broadsheet.stats.kafka.ViewsTopic;
import broadsheet.stats.store.StatsCollections;
import broadsheet.store.CollectionOwner;
import broadsheet.store.DuplicateKeys;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Collection;
import java.util.Date;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.bson.Document;
import org.bson.conversions.Bson;
import org.jspecify.annotations.Nullable;
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

    /** What was counted by releases that noted no generations. */
    private static final Set<String> BEFORE_GENERATIONS = Set.of(ServedGenerations.TOTALS, "stats_ledger");

    /** What earlier releases filled and this one no longer does; dropped with its generation. */
    private static final Set<String> FORMER = Set.of("stats_hours", "stats_days", "stats_bots_and_double_clicks");

    static final String BEGAN_AT = "beganAt";
    static final String FROM = "from";
    static final String RETIRED_AT = "retiredAt";

    private static final String RULESET = "ruleset";
    private static final String LATER_RULESETS = "laterRulesets";
    private static final String KEPT_RULESET = "keptRuleset";
    private static final String PROJECTIONS = "projections";
    private static final String SINCE = "since";
    private static final String DROPPED_AT = "droppedAt";

    private final StatsCollections collections;
    private final ServedGenerations served;
    private final ViewsTopic topic;
    private final InstantSource clock;

    public Generations(StatsCollections collections, ServedGenerations served, ViewsTopic topic, InstantSource clock) {
        this.collections = collections;
        this.served = served;
        this.topic = topic;
        this.clock = clock;
    }

    /** Those that are counted, the oldest first; one whose copies are not complete is not yet. */
    public Flux<Generation> counted() {
        return collections
                .read(
                        COLLECTION,
                        stored -> stored.find(and(
                                        ne("_id", ServedGenerations.ID),
                                        exists(RETIRED_AT, false),
                                        ne(StoredRestatement.STATE, Restatement.State.COPYING.told())))
                                .sort(ascending("_id")))
                .map(Generations::generation);
    }

    /**
     * Begins a generation of those among these projections that no generation has filled yet: the first one of a store that
     * is new, later one of what a release has added. Empty where there are none.
     *
     * @param hasPositions whether views were counted before: by a release that noted no generations, where there are none
     */
    public Mono<Generation> beginMissing(
            String ruleset, Collection<? extends CollectionOwner> projections, Mono<Boolean> hasPositions) {
        return all().collectList().flatMap(all -> {
            Set<String> filled =
                    all.stream().flatMap(one -> one.projections().stream()).collect(Collectors.toSet());
            List<? extends CollectionOwner> missing = projections.stream()
                    .filter(projection -> !filled.contains(projection.collection()))
                    .toList();
            return missing.isEmpty()
                    ? Mono.empty()
                    : hasPositions.flatMap(counted -> all.isEmpty() && counted
                            ? begin(
                                    ruleset,
                                    null,
                                    withoutGenerations(missing),
                                    null,
                                    null,
                                    all,
                                    Mono.just(Optional.empty()))
                            : begin(ruleset, null, missing, null, null, all, topic.since()));
        });
    }

    private static List<? extends CollectionOwner> withoutGenerations(List<? extends CollectionOwner> projections) {
        return projections.stream()
                .filter(projection -> BEFORE_GENERATIONS.contains(projection.collection()))
                .toList();
    }

    /**
     * Begins to fill these projections anew, beside what is served. Empty where another one has begun at the same time.
     *
     * @param keepsRuleset whether it is counted by these rules also in a release that has newer ones
     * @param from see {@link Generation}
     */
    public Mono<Generation> beginRestatement(
            String ruleset,
            boolean keepsRuleset,
            Collection<? extends CollectionOwner> projections,
            String askedBy,
            @Nullable Instant from) {
        Mono<Optional<Instant>> since = from == null
                ? topic.since()
                : served.generation(ServedGenerations.TOTALS)
                        .map(copied -> Optional.ofNullable(copied.since()))
                        .defaultIfEmpty(Optional.empty());
        return all().collectList()
                .flatMap(all -> begin(ruleset, keepsRuleset ? ruleset : null, projections, askedBy, from, all, since));
    }

    private Flux<Generation> all() {
        return collections
                .read(COLLECTION, stored -> stored.find(ne("_id", ServedGenerations.ID)))
                .map(Generations::generation);
    }

    /** Empty where another instance has begun one at the same time. */
    private Mono<Generation> begin(
            String ruleset,
            @Nullable String kept,
            Collection<? extends CollectionOwner> projections,
            @Nullable String askedBy,
            @Nullable Instant from,
            List<Generation> all,
            Mono<Optional<Instant>> since) {
        int last = all.stream().mapToInt(Generation::number).max().orElse(0);
        var names = projections.stream().map(CollectionOwner::collection).collect(Collectors.toSet());
        return Mono.zip(since, served.all())
                .map(now -> new Generation(
                        all.isEmpty()
                                ? Generation.FIRST
                                : Math.max(last, now.getT2().announcedAs()) + 1,
                        List.of(ruleset),
                        kept,
                        names,
                        from,
                        now.getT1().orElse(null)))
                .delayUntil(begun -> createIndexes(begun, projections))
                .delayUntil(begun -> collections
                        .named(COLLECTION)
                        .flatMap(stored -> Mono.from(stored.insertOne(document(begun, askedBy)))))
                .onErrorResume(DuplicateKeys::areWhy, e -> Mono.empty());
    }

    private Mono<Void> createIndexes(Generation generation, Collection<? extends CollectionOwner> projections) {
        return Flux.fromIterable(projections)
                .filter(projection -> !projection.indexes().isEmpty())
                .concatMap(projection -> collections
                        .named(generation.collection(projection.collection()))
                        .flatMapMany(documents -> documents.createIndexes(projection.indexes())))
                .then();
    }

    /** Notes that a generation is counted by these rules too. */
    public Mono<Void> addRuleset(Generation generation, String ruleset) {
        return update(generation, addToSet(LATER_RULESETS, ruleset));
    }

    /** A generation of which nothing is served any more is no longer counted. */
    public Mono<Void> retire(Generation generation) {
        return update(generation, set(RETIRED_AT, Date.from(clock.instant())));
    }

    /** Goes on with the count of one that is retired, unless it is dropped. */
    public Mono<Void> countAgain(int number) {
        return collections
                .named(COLLECTION)
                .flatMap(stored -> Mono.from(
                        stored.updateOne(and(eq("_id", number), exists(DROPPED_AT, false)), unset(RETIRED_AT))))
                .then();
    }

    /** Those that were retired before this time and are not dropped yet. */
    public Flux<Generation> retiredBefore(Instant time) {
        return collections
                .read(
                        COLLECTION,
                        stored -> stored.find(and(lt(RETIRED_AT, Date.from(time)), exists(DROPPED_AT, false))))
                .map(Generations::generation);
    }

    /** Drops the documents of a generation, and these collections that belong to it. */
    public Mono<Void> drop(Generation generation, String... others) {
        return Flux.concat(
                        Flux.fromIterable(generation.projections()),
                        Flux.fromIterable(FORMER),
                        Flux.just("stats_site_rollups")) // made of its documents
                .map(generation::collection)
                .concatWithValues(others)
                .concatMap(name -> collections.named(name).flatMap(documents -> Mono.from(documents.drop())))
                .then(update(generation, set(DROPPED_AT, Date.from(clock.instant()))));
    }

    private Mono<Void> update(Generation generation, Bson change) {
        return collections
                .named(COLLECTION)
                .flatMap(stored -> Mono.from(stored.updateOne(eq("_id", generation.number()), change)))
                .then();
    }

    private Document document(Generation begun, @Nullable String askedBy) {
        var document = new Document("_id", begun.number())
                .append(RULESET, begun.rulesets().get(0))
                .append(PROJECTIONS, List.copyOf(begun.projections()))
                .append(SINCE, begun.since())
                .append(BEGAN_AT, Date.from(clock.instant()));
        if (begun.keptRuleset() != null) {
            document.append(KEPT_RULESET, begun.keptRuleset());
        }
        if (begun.from() != null) {
            document.append(FROM, Date.from(begun.from()));
        }
        Restatement.State first = begun.from() == null ? Restatement.State.COUNTING : Restatement.State.COPYING;
        return askedBy == null
                ? document
                : document.append(StoredRestatement.ASKED_BY, askedBy).append(StoredRestatement.STATE, first.told());
    }

    static Generation generation(Document stored) {
        return new Generation(
                stored.getInteger("_id"),
                Stream.concat(
                                Stream.of(stored.getString(RULESET)),
                                stored.getList(LATER_RULESETS, String.class, List.of()).stream())
                        .toList(),
                stored.getString(KEPT_RULESET),
                stored.getList(PROJECTIONS, String.class).stream()
                        .filter(name -> !FORMER.contains(name))
                        .collect(Collectors.toSet()),
                time(stored, FROM),
                time(stored, SINCE));
    }

    private static @Nullable Instant time(Document stored, String field) {
        return Optional.ofNullable(stored.getDate(field)).map(Date::toInstant).orElse(null);
    }

    /** Empties a generation's documents, which were copied in vain. */
    public Mono<Void> beginAnew(Generation generation, Collection<? extends CollectionOwner> projections) {
        return Flux.fromIterable(projections)
                .concatMap(projection -> collections
                        .named(generation.collection(projection.collection()))
                        .flatMap(documents -> Mono.from(documents.drop())))
                .then(createIndexes(generation, projections));
    }
}
