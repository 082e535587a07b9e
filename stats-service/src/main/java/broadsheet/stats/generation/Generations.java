package broadsheet.stats.generation;

import static com.mongodb.client.model.Filters.and;
import static com.mongodb.client.model.Filters.eq;
import static com.mongodb.client.model.Filters.exists;
import static com.mongodb.client.model.Filters.ne;
import static com.mongodb.client.model.Sorts.ascending;
import static com.mongodb.client.model.Updates.set;

import broadsheet.stats.kafka.ViewsTopic;
import broadsheet.stats.store.CollectionOwner;
import broadsheet.stats.store.StatsCollections;
import java.time.InstantSource;
import java.util.Collection;
import java.util.Date;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.bson.Document;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/**
 * {@code stats_generations}: the generations that there are. One is counted until others serve all its projections; its
 * documents stay.
 */
@Component
public class Generations {

    static final String COLLECTION = "stats_generations";

    private static final String RULESET = "ruleset";
    private static final String PROJECTIONS = "projections";
    private static final String SINCE = "since";
    private static final String BEGAN_AT = "beganAt";
    private static final String RETIRED_AT = "retiredAt";

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

    /** Those that are counted, the oldest first. */
    public Flux<Generation> counted() {
        return collections
                .read(
                        COLLECTION,
                        stored -> stored.find(and(ne("_id", ServedGenerations.ID), exists(RETIRED_AT, false)))
                                .sort(ascending("_id")))
                .map(Generations::generation);
    }

    /**
     * Begins a generation of those among these projections that no generation has filled yet: the first one of a store that
     * is new, later one of what a release has added. Empty where there are none.
     */
    public Mono<Generation> beginMissing(String ruleset, Collection<? extends CollectionOwner> projections) {
        return all().collectList().flatMap(all -> {
            Set<String> filled =
                    all.stream().flatMap(one -> one.projections().stream()).collect(Collectors.toSet());
            List<? extends CollectionOwner> missing = projections.stream()
                    .filter(projection -> !filled.contains(projection.collection()))
                    .toList();
            return missing.isEmpty() ? Mono.empty() : begin(ruleset, missing, all);
        });
    }

    /** Begins to fill these projections anew, beside what is served. */
    public Mono<Generation> begin(String ruleset, Collection<? extends CollectionOwner> projections) {
        return all().collectList().flatMap(all -> begin(ruleset, projections, all));
    }

    private Flux<Generation> all() {
        return collections
                .read(COLLECTION, stored -> stored.find(ne("_id", ServedGenerations.ID)))
                .map(Generations::generation);
    }

    /** Empty where another instance has begun one at the same time. */
    private Mono<Generation> begin(
            String ruleset, Collection<? extends CollectionOwner> projections, List<Generation> all) {
        int number = all.stream().mapToInt(Generation::number).max().orElse(0) + 1;
        var names = projections.stream().map(CollectionOwner::collection).collect(Collectors.toSet());
        return topic.since()
                .map(since -> new Generation(number, ruleset, names, since.orElse(null)))
                .delayUntil(begun -> createIndexes(begun, projections))
                .delayUntil(begun ->
                        collections.named(COLLECTION).flatMap(stored -> Mono.from(stored.insertOne(document(begun)))))
                .onErrorResume(StatsCollections::isDuplicateKey, e -> Mono.empty());
    }

    private Mono<Void> createIndexes(Generation generation, Collection<? extends CollectionOwner> projections) {
        return Flux.fromIterable(projections)
                .filter(projection -> !projection.indexes().isEmpty())
                .concatMap(projection -> collections
                        .named(generation.collection(projection.collection()))
                        .flatMapMany(documents -> documents.createIndexes(projection.indexes())))
                .then();
    }

    /** Serves a generation from now on; those of which nothing is served any more are no longer counted. */
    public Mono<Void> serve(Generation generation) {
        return served.serve(generation).then(retireUnserved());
    }

    private Mono<Void> retireUnserved() {
        return served.numbers()
                .flatMapMany(numbers -> counted()
                        .filter(one -> one.projections().stream()
                                .allMatch(projection ->
                                        numbers.getOrDefault(projection, Generation.FIRST) > one.number())))
                .concatMap(one -> collections
                        .named(COLLECTION)
                        .flatMap(stored -> Mono.from(stored.updateOne(
                                eq("_id", one.number()), set(RETIRED_AT, Date.from(clock.instant()))))))
                .then();
    }

    private Document document(Generation begun) {
        return new Document("_id", begun.number())
                .append(RULESET, begun.ruleset())
                .append(PROJECTIONS, List.copyOf(begun.projections()))
                .append(SINCE, begun.since())
                .append(BEGAN_AT, Date.from(clock.instant()));
    }

    static Generation generation(Document stored) {
        return new Generation(
                stored.getInteger("_id"),
                stored.getString(RULESET),
                new HashSet<>(stored.getList(PROJECTIONS, String.class)),
                Optional.ofNullable(stored.getDate(SINCE)).map(Date::toInstant).orElse(null));
    }
}
