package broadsheet.stats.restatement;

import broadsheet.stats.StatsProperties;
import broadsheet.stats.generation.GenerationProperties;
import broadsheet.stats.generation.NewGenerations;
import broadsheet.stats.generation.Restatement;
import broadsheet.stats.generation.Restatement.State;
import broadsheet.stats.generation.RestatementClaims;
import broadsheet.stats.generation.RestatementSteps;
import broadsheet.stats.generation.ServedGenerations;
import broadsheet.stats.history.ErasedDays;
import broadsheet.stats.position.PartitionPositions;
import broadsheet.stats.projection.Projection;
import broadsheet.stats.restatement.CopyProgress.Copies;
import broadsheet.store.PeriodicWork;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/**
 * Copies to a restatement from a day on what it keeps: the days of articles before it, their sums as totals,
 * what they were added up to for the site, and the ledger.
 * One instance does; one that is killed meanwhile is replaced by another within a minute, which goes on where it was.
 */
@Component
class KeptCounts extends PeriodicWork {

    private static final Logger log = LoggerFactory.getLogger(KeptCounts.class);
    private static final Duration AT_ONCE = Duration.ofMinutes(4); // a run may take ten

    private final RestatementSteps steps;
    private final RestatementClaims claims;
    private final CopyProgress progress;
    private final NewGenerations generations;
    private final List<Projection> projections;
    private final ServedGenerations served;
    private final PartitionPositions positions;
    private final KeptArticleDays articleDays;
    private final ErasedDays erased;
    private final KeptRollups rollups;
    private final KeptSiteDays siteDays;
    private final KeptLedger ledger;
    private final KeptPositions keptPositions;
    private final StatsProperties properties;

    KeptCounts(
            GenerationProperties looks,
            RestatementSteps steps,
            RestatementClaims claims,
            CopyProgress progress,
            NewGenerations generations,
            List<Projection> projections,
            ServedGenerations served,
            PartitionPositions positions,
            KeptArticleDays articleDays,
            ErasedDays erased,
            KeptRollups rollups,
            KeptSiteDays siteDays,
            KeptLedger ledger,
            KeptPositions keptPositions,
            StatsProperties properties) {
        super(looks.lookEvery(), looks.lookEvery());
        this.steps = steps;
        this.claims = claims;
        this.progress = progress;
        this.generations = generations;
        this.projections = projections;
        this.served = served;
        this.positions = positions;
        this.articleDays = articleDays;
        this.erased = erased;
        this.rollups = rollups;
        this.siteDays = siteDays;
        this.ledger = ledger;
        this.keptPositions = keptPositions;
        this.properties = properties;
    }

    @Override
    protected Mono<Void> run() {
        return steps.all()
                .collectList()
                .flatMap(all -> removeEnded(all)
                        .thenMany(Flux.fromIterable(all))
                        .filter(one -> one.state() == State.COPYING)
                        .filterWhen(claims::take)
                        .concatMap(one -> copy(one).then(claims.release(one)))
                        .then());
    }

    /** One that was cancelled while it was copied leaves its progress. */
    private Mono<Void> removeEnded(List<Restatement> all) {
        List<Integer> ended = all.stream()
                .filter(one -> one.state() != State.COPYING)
                .map(Restatement::number)
                .toList();
        return ended.isEmpty() ? Mono.empty() : progress.remove(ended);
    }

    private Mono<Void> copy(Restatement one) {
        KeptPart kept = KeptPart.before(Objects.requireNonNull(one.generation().from()), properties);
        long end = System.nanoTime() + AT_ONCE.toNanos();
        return progress.find(one.number())
                .switchIfEmpty(Mono.defer(() -> begin(one)))
                .expand(copies -> copies.isWhole() || System.nanoTime() > end
                        ? Mono.empty()
                        : articleDays
                                .keepNext(one, kept, copies)
                                .switchIfEmpty(beginAnew(one).then(Mono.empty())))
                .filter(Copies::isWhole)
                .concatMap(copies -> rollups.keep(one, kept, copies)
                        .then(siteDays.keep(one, kept, copies))
                        .filterWhen(unchanged -> hasMovedNothing(copies))
                        .defaultIfEmpty(false)
                        .flatMap(unchanged -> unchanged ? ledger.keep(one, kept, copies) : Mono.just(false))
                        .flatMap(unchanged -> unchanged ? beginToCount(one, kept, copies) : beginAnew(one)))
                .then();
    }

    /** Whether no day of an erased article was moved meanwhile, which two copies may both have, or neither. */
    private Mono<Boolean> hasMovedNothing(Copies copies) {
        return erased.moves(copies.of()).map(moves -> moves == copies.moves()).defaultIfEmpty(false);
    }

    /** How far the served documents are counted is read before the first of them. */
    private Mono<Copies> begin(Restatement one) {
        return served.number(ServedGenerations.TOTALS)
                .flatMap(of -> Mono.zip(positions.of(of).all(), erased.moves(of))
                        .map(now -> new Copies(of, now.getT1(), now.getT2(), "", Map.of(), false)))
                .delayUntil(begun -> claims.whileHeld(one, generations.beginAnew(one.generation(), projections)))
                .delayUntil(begun -> claims.whileHeld(one, keptPositions.drop(one)))
                .delayUntil(begun -> progress.store(one.number(), begun));
    }

    /** Something that was long spooled was counted on one of these days meanwhile: not all copies are as of one time. */
    private Mono<Void> beginAnew(Restatement one) {
        return claims.whileHeld(one, progress.remove(one.number()))
                .doOnSubscribe(
                        begun -> log.info("Copying anew what restatement {} keeps: it has changed", one.number()));
    }

    private Mono<Void> beginToCount(Restatement one, KeptPart kept, Copies copies) {
        return claims.whileHeld(one, keptPositions.begin(one, kept, copies))
                .then(steps.copied(one))
                .filter(copied -> copied)
                .doOnNext(copied -> log.info("Copied what restatement {} keeps", one.number()))
                .flatMap(copied -> progress.remove(one.number()));
    }
}
