package broadsheet.stats.counting;

import broadsheet.stats.deadletter.UnreadableRecords;
import broadsheet.stats.generation.Generation;
import broadsheet.stats.generation.GenerationProperties;
import broadsheet.stats.generation.Generations;
import broadsheet.stats.generation.Restatement;
import broadsheet.stats.generation.Restatement.State;
import broadsheet.stats.generation.RestatementChanges;
import broadsheet.stats.generation.ServedGenerations;
import broadsheet.stats.generation.ServedNumbers;
import broadsheet.stats.position.CountingLag;
import broadsheet.stats.position.PartitionPositions;
import broadsheet.stats.total.ArticleTotals;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** What becomes of generations of which nothing is served any more: no longer counted, counted again, dropped at last. */
@Component
class ReplacedGenerations {

    private static final Logger log = LoggerFactory.getLogger(ReplacedGenerations.class);

    private final GenerationProperties kept;
    private final Generations generations;
    private final ServedGenerations served;
    private final CountingLag lag;
    private final ArticleTotals totals;
    private final PartitionPositions positions;
    private final UnreadableRecords unreadable;
    private final InstantSource clock;

    ReplacedGenerations(
            GenerationProperties kept,
            Generations generations,
            ServedGenerations served,
            CountingLag lag,
            ArticleTotals totals,
            PartitionPositions positions,
            UnreadableRecords unreadable,
            InstantSource clock) {
        this.kept = kept;
        this.generations = generations;
        this.served = served;
        this.lag = lag;
        this.totals = totals;
        this.positions = positions;
        this.unreadable = unreadable;
        this.clock = clock;
    }

    /** Those that are to be served again catch up first; those that are served are counted, whoever has retired them. */
    Mono<Void> countAgain(List<Restatement> restated, ServedNumbers numbers) {
        return Flux.concat(
                        Flux.fromIterable(neededAgain(restated, numbers)),
                        Flux.fromIterable(numbers.numbers().values()))
                .distinct()
                .concatMap(generations::countAgain)
                .then();
    }

    private static Set<Integer> neededAgain(List<Restatement> restated, ServedNumbers numbers) {
        return restated.stream()
                .filter(one -> one.state() == State.REVERSING || isStillServed(one, numbers))
                .flatMap(one -> one.replaced().values().stream())
                .collect(Collectors.toSet());
    }

    /** Whether what it replaced is about to be served again. */
    static boolean isStillServed(Restatement one, ServedNumbers numbers) {
        return one.state() == State.REVERSED && numbers.include(one.generation());
    }

    /** Only once they have counted what those that replace them counted by then: no dead letter is missed by both. */
    Mono<Void> retire(List<Generation> counted, List<Restatement> restated, ServedNumbers numbers) {
        Set<Integer> reversed = numbers(restated, State.REVERSED);
        return Flux.fromIterable(counted)
                .filter(one -> isUnneeded(one, restated, numbers))
                .filter(one -> !numbers.areBefore(one) || reversed.contains(one.number()))
                .filterWhen(one -> lag.isComplete(one.number()))
                .delayUntil(this::addMissingTotals)
                .filterWhen(one -> isUnneeded(one, restated)) // others may have reversed it within these seconds
                .concatMap(generations::retire)
                .then();
    }

    private Mono<Boolean> isUnneeded(Generation one, List<Restatement> restated) {
        return served.now().map(now -> isUnneeded(one, restated, now));
    }

    private static boolean isUnneeded(Generation one, List<Restatement> restated, ServedNumbers numbers) {
        return !numbers.include(one) && !neededAgain(restated, numbers).contains(one.number());
    }

    private static Set<Integer> numbers(List<Restatement> restated, State state) {
        return restated.stream()
                .filter(one -> one.state() == state)
                .map(Restatement::number)
                .collect(Collectors.toSet());
    }

    /** What was served some days after it was replaced, what was cancelled once no instance counts it any more. */
    Mono<Void> drop(List<Restatement> restated) {
        Set<Integer> cancelled = numbers(restated, State.CANCELLED);
        Instant now = clock.instant();
        return Flux.concat(
                        generations
                                .retiredBefore(now.minus(kept.keepCancelled()))
                                .filter(one -> cancelled.contains(one.number())),
                        generations
                                .retiredBefore(now.minus(kept.keepReplaced()))
                                .filter(one -> !cancelled.contains(one.number()))
                                .filterWhen(one -> isUnneeded(one, restated))
                                .delayUntil(this::addMissingTotals))
                .filterWhen(one -> isUnneeded(one, restated))
                .concatMap(this::drop)
                .then();
    }

    private Mono<Void> drop(Generation one) {
        return unreadable
                .of(one.number())
                .remove()
                .then(generations.drop(
                        one, positions.of(one.number()).collection(), RestatementChanges.collection(one.number())))
                .doOnSuccess(done -> log.info("Dropped {}", one));
    }

    private Mono<Void> addMissingTotals(Generation replaced) {
        return replaced.fills(ArticleTotals.COLLECTION)
                ? served.number(ArticleTotals.COLLECTION)
                        .flatMap(number -> totals.addMissing(replaced.number(), number))
                : Mono.empty();
    }
}
