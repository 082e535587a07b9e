package broadsheet.stats.counting;

import broadsheet.stats.StatsProperties;
import broadsheet.stats.classification.ViewRules;
import broadsheet.stats.generation.Generation;
import broadsheet.stats.generation.Generations;
import broadsheet.stats.generation.ServedGenerations;
import broadsheet.stats.position.CountingLag;
import broadsheet.stats.position.PartitionPositions;
import broadsheet.stats.total.ArticleTotals;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/**
 * Serves generations once they have caught up, and retires and later drops those of which nothing is served any more.
 * Every instance does so, each step as often as it likes: one that is killed within a step has left it to the others.
 */
@Component
class GenerationSwitch {

    private static final Logger log = LoggerFactory.getLogger(GenerationSwitch.class);

    private final StatsProperties properties;
    private final GenerationProperties kept;
    private final Generations generations;
    private final ServedGenerations served;
    private final CountingLag lag;
    private final ArticleTotals totals;
    private final PartitionPositions positions;
    private final InstantSource clock;

    GenerationSwitch(
            StatsProperties properties,
            GenerationProperties kept,
            Generations generations,
            ServedGenerations served,
            CountingLag lag,
            ArticleTotals totals,
            PartitionPositions positions,
            InstantSource clock) {
        this.properties = properties;
        this.kept = kept;
        this.generations = generations;
        this.served = served;
        this.lag = lag;
        this.totals = totals;
        this.positions = positions;
        this.clock = clock;
    }

    /** @param counted the generations that this instance counts */
    Mono<Void> advance(List<Generation> counted) {
        return dropRetired() // this instance counts none of them any more, or they would be among the counted
                .then(noteRules(counted))
                .then(served.numbers())
                .flatMap(numbers -> serveComplete(counted, numbers).then(retireReplaced(counted, numbers)));
    }

    private Mono<Void> noteRules(List<Generation> counted) {
        String rules = ViewRules.current(properties).version();
        return Flux.fromIterable(counted)
                .filter(one -> !one.rulesets().contains(rules))
                .concatMap(one -> generations.addRuleset(one, rules))
                .then();
    }

    private Mono<Void> serveComplete(List<Generation> counted, Map<String, Integer> numbers) {
        return Flux.fromIterable(counted)
                .filter(one -> one.projections().stream().anyMatch(name -> number(name, numbers) < one.number()))
                .filterWhen(one -> lag.isComplete(one.number()))
                .concatMap(one -> serve(one, number(ArticleTotals.COLLECTION, numbers)))
                .then();
    }

    private Mono<Void> serve(Generation one, int before) {
        int after = fillsTotals(one) ? one.number() : before;
        return Mono.zip(totals.allHits(before), totals.allHits(after))
                .flatMap(hits -> generations.serve(one, hits.getT1(), hits.getT2()))
                .doOnSuccess(done -> log.info("Serving {}", one));
    }

    /** Only once they have counted what those that replace them counted by then: no dead letter is missed by both. */
    private Mono<Void> retireReplaced(List<Generation> counted, Map<String, Integer> numbers) {
        return Flux.fromIterable(counted)
                .filter(one -> one.projections().stream().allMatch(name -> number(name, numbers) > one.number()))
                .filterWhen(one -> lag.isComplete(one.number()))
                .concatMap(one -> addMissingTotals(one).then(generations.retire(one)))
                .then();
    }

    private Mono<Void> dropRetired() {
        return Flux.defer(() -> generations.retiredBefore(clock.instant().minus(kept.keepReplaced())))
                .concatMap(one -> addMissingTotals(one)
                        .then(generations.drop(one, positions.of(one.number()).collection()))
                        .doOnSuccess(done -> log.info("Dropped {}", one)))
                .then();
    }

    private Mono<Void> addMissingTotals(Generation replaced) {
        return fillsTotals(replaced)
                ? served.number(ArticleTotals.COLLECTION)
                        .flatMap(number -> totals.addMissing(replaced.number(), number))
                : Mono.empty();
    }

    private static boolean fillsTotals(Generation one) {
        return one.projections().contains(ArticleTotals.COLLECTION);
    }

    private static int number(String projection, Map<String, Integer> served) {
        return served.getOrDefault(projection, Generation.FIRST);
    }
}
