package broadsheet.stats.generation;

import broadsheet.stats.kafka.ViewsTopic;
import broadsheet.stats.store.StatsCollections;
import broadsheet.store.CollectionOwner;
import broadsheet.store.DuplicateKeys;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** Begins generations: with the indexes of their documents, and a number that is higher than all before. */
@Component
public class NewGenerations {

    /** What was counted by releases that noted no generations. */
    private static final Set<String> BEFORE_GENERATIONS = Set.of(ServedGenerations.TOTALS, "stats_ledger");

    private final StatsCollections collections;
    private final Generations generations;
    private final ServedGenerations served;
    private final ViewsTopic topic;
    private final InstantSource clock;

    public NewGenerations(
            StatsCollections collections,
            Generations generations,
            ServedGenerations served,
            ViewsTopic topic,
            InstantSource clock) {
        this.collections = collections;
        this.generations = generations;
        this.served = served;
        this.topic = topic;
        this.clock = clock;
    }

    /**
     * Begins a generation of those among these projections that no generation has filled yet: the first one of a store that
     * is new, later one of what a release has added. Empty where there are none.
     *
     * @param hasPositions whether views were counted before: by a release that noted no generations, where there are none
     */
    public Mono<Generation> beginMissing(
            String ruleset, Collection<? extends CollectionOwner> projections, Mono<Boolean> hasPositions) {
        return generations.all().collectList().flatMap(all -> {
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
        return generations
                .all()
                .collectList()
                .flatMap(all -> begin(ruleset, keepsRuleset ? ruleset : null, projections, askedBy, from, all, since));
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
        return Mono.zip(since, served.now())
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
                        .named(Generations.COLLECTION)
                        .flatMap(stored -> Mono.from(
                                stored.insertOne(StoredGeneration.document(begun, clock.instant(), askedBy)))))
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

    /** Empties a generation's documents, which were copied in vain. */
    public Mono<Void> beginAnew(Generation generation, Collection<? extends CollectionOwner> projections) {
        return Flux.fromIterable(projections)
                .map(CollectionOwner::collection)
                .concatWithValues(StoredGeneration.ROLLUPS)
                .concatMap(name -> collections
                        .named(generation.collection(name))
                        .flatMap(documents -> Mono.from(documents.drop())))
                .then(createIndexes(generation, projections));
    }
}
