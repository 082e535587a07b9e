package broadsheet.stats.restatement;

import broadsheet.stats.StatsProperties;
import broadsheet.stats.classification.Classification;
import broadsheet.stats.generation.GenerationProperties;
import broadsheet.stats.generation.NewGenerations;
import broadsheet.stats.generation.Restatement;
import broadsheet.stats.generation.Restatement.State;
import broadsheet.stats.generation.RestatementSteps;
import broadsheet.stats.generation.ServedGenerations;
import broadsheet.stats.history.CopiedDays;
import broadsheet.stats.history.CopiedDays.CopiedDay;
import broadsheet.stats.position.PartitionPositions;
import broadsheet.stats.projection.Projection;
import broadsheet.stats.restatement.CopyProgress.Copies;
import broadsheet.stats.total.ArticleTotals;
import broadsheet.stats.total.ArticleTotals.Total;
import broadsheet.store.PeriodicWork;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Mono;

/**
 * Copies to a restatement from a day on what it keeps: the days of articles before it, their sums as totals, and the ledger.
 * One instance does; one that is killed meanwhile is replaced by another within a minute, which goes on where it was.
 */
@Component
class KeptCounts extends PeriodicWork {

    private static final Logger log = LoggerFactory.getLogger(KeptCounts.class);
    private static final Duration CLAIM = Duration.ofMinutes(1);
    private static final Duration AT_ONCE = Duration.ofMinutes(4); // a run may take ten
    private static final int DAYS_A_PAGE = 1_000;

    private final RestatementSteps steps;
    private final CopyProgress progress;
    private final NewGenerations generations;
    private final List<Projection> projections;
    private final ServedGenerations served;
    private final PartitionPositions positions;
    private final CopiedDays days;
    private final ArticleTotals totals;
    private final KeptSiteDays siteDays;
    private final KeptLedger ledger;
    private final KeptPositions counting;
    private final StatsProperties properties;

    KeptCounts(
            GenerationProperties looks,
            RestatementSteps steps,
            CopyProgress progress,
            NewGenerations generations,
            List<Projection> projections,
            ServedGenerations served,
            PartitionPositions positions,
            CopiedDays days,
            ArticleTotals totals,
            KeptSiteDays siteDays,
            KeptLedger ledger,
            KeptPositions counting,
            StatsProperties properties) {
        super(looks.lookEvery(), looks.lookEvery());
        this.steps = steps;
        this.progress = progress;
        this.generations = generations;
        this.projections = projections;
        this.served = served;
        this.positions = positions;
        this.days = days;
        this.totals = totals;
        this.siteDays = siteDays;
        this.ledger = ledger;
        this.counting = counting;
        this.properties = properties;
    }

    @Override
    protected Mono<Void> run() {
        return steps.underWay()
                .filter(one -> one.state() == State.COPYING)
                .filterWhen(one -> steps.claim(one, CLAIM))
                .concatMap(one -> copy(one).then(steps.release(one)))
                .then();
    }

    private Mono<Void> copy(Restatement one) {
        KeptPart kept = KeptPart.before(Objects.requireNonNull(one.generation().from()), properties);
        long end = System.nanoTime() + AT_ONCE.toNanos();
        return progress.find(one.number())
                .switchIfEmpty(Mono.defer(() -> begin(one)))
                .expand(copies -> copies.isWhole() || System.nanoTime() > end
                        ? Mono.empty()
                        : page(one, kept, copies, DAYS_A_PAGE))
                .filter(Copies::isWhole)
                .concatMap(copies -> siteDays.keep(one, kept, copies)
                        .flatMap(unchanged -> unchanged ? ledger.keep(one, kept, copies) : Mono.just(false))
                        .flatMap(done -> done ? beginToCount(one, kept, copies) : beginAnew(one)))
                .then();
    }

    private Mono<Void> beginToCount(Restatement one, KeptPart kept, Copies copies) {
        return counting.begin(one, kept, copies)
                .then(steps.copied(one))
                .then(progress.remove(one.number()))
                .doOnSuccess(copied -> log.info("Copied what restatement {} keeps", one.number()));
    }

    /** How far the served documents are counted is read before the first of them. */
    private Mono<Copies> begin(Restatement one) {
        return served.number(ServedGenerations.TOTALS)
                .flatMap(of -> positions.of(of).all().map(counted -> new Copies(of, counted, "", Map.of(), false)))
                .delayUntil(begun -> generations.beginAnew(one.generation(), projections))
                .delayUntil(begun -> progress.store(one.number(), begun));
    }

    /** The next articles with all their days; empty where one has to begin anew, or it was cancelled. */
    private Mono<Copies> page(Restatement one, KeptPart kept, Copies copies, int limit) {
        return steps.extendClaim(one, CLAIM)
                .filter(goesOn -> goesOn)
                .flatMap(goesOn -> days.copy(copies.of(), one.number(), kept.day(), copies.after(), limit))
                .flatMap(page -> {
                    if (page.stream().anyMatch(day -> !day.counted().isBefore(copies.counted()))) {
                        return beginAnew(one).then(Mono.empty());
                    }
                    List<CopiedDay> whole = page.size() < limit ? page : withoutLastArticle(page);
                    if (whole.isEmpty() && !page.isEmpty()) {
                        return page(one, kept, copies, limit * 2);
                    }
                    Copies next = add(copies, whole);
                    return totals.begin(one.number(), totals(whole))
                            .then(progress.store(one.number(), next))
                            .thenReturn(page.size() < limit ? next.whole() : next);
                });
    }

    /** Something that was long spooled was counted on one of these days meanwhile: not all copies are as of one time. */
    private Mono<Void> beginAnew(Restatement one) {
        log.info("Copying anew what restatement {} keeps: it has changed", one.number());
        return progress.remove(one.number());
    }

    private static List<CopiedDay> withoutLastArticle(List<CopiedDay> page) {
        String last = page.get(page.size() - 1).articleId();
        return page.stream().filter(day -> !day.articleId().equals(last)).toList();
    }

    private static Copies add(Copies copies, List<CopiedDay> whole) {
        Map<Classification, Long> counts = new EnumMap<>(Classification.class);
        counts.putAll(copies.counts());
        whole.forEach(day -> day.counts().forEach((kind, count) -> counts.merge(kind, count, Long::sum)));
        String after =
                whole.isEmpty() ? copies.after() : whole.get(whole.size() - 1).id();
        return new Copies(copies.of(), copies.counted(), after, counts, false);
    }

    private static List<Total> totals(List<CopiedDay> whole) {
        Map<String, Total> totals = new LinkedHashMap<>();
        whole.forEach(day -> totals.merge(
                day.articleId(),
                new Total(
                        day.articleId(),
                        day.count(Classification.COUNTED) + day.count(Classification.LATE),
                        day.count(Classification.BOT) + day.count(Classification.AUTOMATED)),
                Total::and));
        return new ArrayList<>(totals.values());
    }
}
