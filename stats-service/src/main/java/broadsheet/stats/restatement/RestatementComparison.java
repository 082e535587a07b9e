package broadsheet.stats.restatement;

import broadsheet.stats.generation.GenerationProperties;
import broadsheet.stats.generation.Restatement;
import broadsheet.stats.generation.Restatement.Changes;
import broadsheet.stats.generation.Restatement.State;
import broadsheet.stats.generation.RestatementChanges;
import broadsheet.stats.generation.RestatementClaims;
import broadsheet.stats.generation.RestatementSteps;
import broadsheet.stats.generation.ServedGenerations;
import broadsheet.stats.position.CountingLag;
import broadsheet.store.PeriodicWork;
import broadsheet.web.audit.AuditEntry;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Mono;

/**
 * Compares a restatement with what is served once it has caught up, and then calls it ready. One instance does; one that is
 * killed meanwhile is replaced by another within a minute, which begins anew.
 */
@Component
class RestatementComparison extends PeriodicWork {

    private final RestatementSteps steps;
    private final RestatementClaims claims;
    private final RestatementChanges changes;
    private final ServedGenerations served;
    private final ComparedTotals totals;
    private final CountingLag lag;

    RestatementComparison(
            GenerationProperties properties,
            RestatementSteps steps,
            RestatementClaims claims,
            RestatementChanges changes,
            ServedGenerations served,
            ComparedTotals totals,
            CountingLag lag) {
        super(properties.lookEvery(), properties.lookEvery());
        this.steps = steps;
        this.claims = claims;
        this.changes = changes;
        this.served = served;
        this.totals = totals;
        this.lag = lag;
    }

    @Override
    protected Mono<Void> run() {
        return steps.underWay()
                .filter(one -> one.state() == State.COUNTING)
                .filterWhen(one -> lag.isComplete(one.number()))
                .filterWhen(one -> claims.take(one))
                .concatMap(this::compare)
                .then();
    }

    private Mono<Void> compare(Restatement one) {
        return changes.beginAnew(one.number())
                .then(served.number(ServedGenerations.TOTALS))
                .flatMapMany(before -> totals.pages(before, one.number()))
                .concatMap(page -> claims.whileHeld(one, changes.add(one.number(), page.changed()))
                        .thenReturn(page.sums()))
                .reduce(new Changes(0, 0, 0), RestatementComparison::sum)
                .flatMap(sums -> steps.ready(one, sums)
                        .filter(first -> first)
                        .doOnNext(first -> AuditEntry.of("restatement-ready")
                                .with("restatement", one.number())
                                .with("hitsBefore", sums.hitsBefore())
                                .with("hitsAfter", sums.hitsAfter())
                                .with("articles", sums.articles())
                                .log()))
                .then();
    }

    private static Changes sum(Changes one, Changes other) {
        return new Changes(
                one.hitsBefore() + other.hitsBefore(),
                one.hitsAfter() + other.hitsAfter(),
                one.articles() + other.articles());
    }
}
