package broadsheet.stats.counting;

import broadsheet.stats.StatsProperties;
import broadsheet.stats.generation.Generation;
import broadsheet.stats.generation.Generations;
import broadsheet.stats.generation.Restatement;
import broadsheet.stats.generation.RestatementSteps;
import broadsheet.stats.generation.ServedGenerations;
import broadsheet.stats.generation.ServedNumbers;
import broadsheet.stats.position.CountingLag;
import broadsheet.stats.total.ArticleTotals;
import broadsheet.web.audit.AuditEntry;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/**
 * Serves generations once they have caught up: what a release has added at once, a restatement when it is approved, what it
 * replaced when that is reversed. Every instance does so, each step as often as it likes: one that is killed within a step
 * has left it to the others.
 */
@Component
class GenerationSwitch {

    private static final Logger log = LoggerFactory.getLogger(GenerationSwitch.class);

    private final StatsProperties properties;
    private final Generations generations;
    private final RestatementSteps restatements;
    private final ServedGenerations served;
    private final ReplacedGenerations replaced;
    private final CountingLag lag;
    private final ArticleTotals totals;

    GenerationSwitch(
            StatsProperties properties,
            Generations generations,
            RestatementSteps restatements,
            ServedGenerations served,
            ReplacedGenerations replaced,
            CountingLag lag,
            ArticleTotals totals) {
        this.properties = properties;
        this.generations = generations;
        this.restatements = restatements;
        this.served = served;
        this.replaced = replaced;
        this.lag = lag;
        this.totals = totals;
    }

    /** @param counted the generations that this instance counts */
    Mono<Void> advance(List<Generation> counted) {
        return restatements
                .all()
                .collectList()
                .zipWhen(restated -> served.now()) // after them: what is reversed is served again after it is so
                .flatMap(now -> advance(counted, now.getT1(), now.getT2()));
    }

    private Mono<Void> advance(List<Generation> counted, List<Restatement> restated, ServedNumbers numbers) {
        return replaced.countAgain(restated, numbers)
                .then(replaced.drop(restated)) // this instance counts none of them, or they would be among the counted
                .then(noteRules(counted))
                .then(serveAdded(counted, restated, numbers))
                .thenMany(Flux.fromIterable(restated))
                .concatMap(one -> advance(one, counted, numbers))
                .then(replaced.retire(counted, restated, numbers));
    }

    private Mono<Void> noteRules(List<Generation> counted) {
        return Flux.fromIterable(counted)
                .concatMap(one -> {
                    String rules = CountingRules.of(one, properties).version();
                    return one.rulesets().contains(rules) ? Mono.empty() : generations.addRuleset(one, rules);
                })
                .then();
    }

    /** What nobody asked for, so that nobody has to approve it. */
    private Mono<Void> serveAdded(List<Generation> counted, List<Restatement> restated, ServedNumbers numbers) {
        Set<Integer> asked = restated.stream().map(Restatement::number).collect(Collectors.toSet());
        return Flux.fromIterable(counted)
                .filter(one -> !asked.contains(one.number()) && numbers.areBefore(one))
                .filterWhen(one -> lag.isComplete(one.number()))
                .concatMap(one -> served.serve(one).filter(done -> done).doOnNext(done -> log.info("Serving {}", one)))
                .then();
    }

    private Mono<Void> advance(Restatement one, List<Generation> counted, ServedNumbers numbers) {
        Set<Integer> known = counted.stream().map(Generation::number).collect(Collectors.toSet());
        return switch (one.state()) {
            case APPROVED -> areComplete(Set.of(one.number()), known).flatMap(complete -> serve(one, numbers));
            case REVERSING ->
                areComplete(Set.copyOf(one.replaced().values()), known).flatMap(complete -> reverse(one));
            case REVERSED -> ReplacedGenerations.isStillServed(one, numbers) ? serveReplaced(one) : Mono.empty();
            case COPYING, COUNTING, READY, SERVED, CANCELLED -> Mono.empty();
        };
    }

    /** Empty where one of them is not: it has not caught up, or a newer release has to count it. */
    private Mono<Boolean> areComplete(Set<Integer> numbers, Set<Integer> counted) {
        return Flux.fromIterable(numbers)
                .concatMap(number -> counted.contains(number) ? lag.isComplete(number) : Mono.just(false))
                .all(complete -> complete)
                .filter(complete -> complete);
    }

    private Mono<Void> serve(Restatement one, ServedNumbers numbers) {
        Map<String, Integer> before =
                one.generation().projections().stream().collect(Collectors.toMap(Function.identity(), numbers::number));
        Mono<Boolean> isServed = numbers.areBefore(one.generation())
                ? restatements.replaces(one, before).filter(due -> due).flatMap(due -> served.serve(one.generation()))
                : Mono.just(numbers.include(one.generation())); // by an instance that was killed before it noted that
        return isServed.filter(switched -> switched)
                .flatMap(switched -> restatements.served(one))
                .doOnNext(first -> log("restatement-served", one, first))
                .then();
    }

    /** The step comes first, since an operator may have decided meanwhile to keep it. */
    private Mono<Void> reverse(Restatement one) {
        return restatements
                .reversed(one)
                .doOnNext(first -> log("restatement-reversed", one, first))
                .filter(first -> first)
                .flatMap(first -> serveReplaced(one));
    }

    private Mono<Void> serveReplaced(Restatement one) {
        return totals.sendAgain(one.replaced().getOrDefault(ArticleTotals.COLLECTION, Generation.FIRST))
                .then(served.serveAgain(one.replaced(), one.generation()));
    }

    /** @param first whether no other instance has done it before */
    private static void log(String step, Restatement one, boolean first) {
        if (first) {
            AuditEntry.of(step).with("restatement", one.number()).log();
        }
    }
}
