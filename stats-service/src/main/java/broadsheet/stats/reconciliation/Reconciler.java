package broadsheet.stats.reconciliation;

import broadsheet.stats.classification.Classification;
import broadsheet.stats.history.ArticleDays;
import broadsheet.stats.history.CountedDays;
import broadsheet.stats.ledger.LedgerHours;
import broadsheet.stats.position.CountingLag;
import broadsheet.stats.position.ServedPositions;
import broadsheet.stats.reconciliation.Reconciliation.BotsByProjection;
import broadsheet.stats.reconciliation.Reconciliation.Difference;
import broadsheet.stats.reconciliation.Reconciliation.DoubleClicksByProjection;
import broadsheet.stats.reconciliation.Reconciliation.Findings;
import broadsheet.stats.reconciliation.Reconciliation.HitsByProjection;
import broadsheet.stats.reconciliation.Reconciliation.Sums;
import broadsheet.stats.store.StatsCollections;
import broadsheet.stats.total.ArticleTotals;
import broadsheet.stats.total.ArticleTotals.Total;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/**
 * Compares every article's hits in its total, its days and their minutes, its bots in its total and days, and the sums of all
 * with the ledger's. Days that were counted from a later view on than the totals, by a release that added them, are not
 * compared.
 */
@Component
class Reconciler {

    private static final int ARTICLES_A_PAGE = 500;
    private static final int TRIES = 30;
    private static final Duration PAUSE = Duration.ofSeconds(1);

    private final ArticleTotals totals;
    private final ArticleDays days;
    private final LedgerHours ledger;
    private final ArticleReconciler articles;
    private final CountingLag lag;
    private final ServedPositions positions;
    private final InstantSource clock;

    Reconciler(
            ArticleTotals totals,
            ArticleDays days,
            LedgerHours ledger,
            ArticleReconciler articles,
            CountingLag lag,
            ServedPositions positions,
            InstantSource clock) {
        this.totals = totals;
        this.days = days;
        this.ledger = ledger;
        this.articles = articles;
        this.lag = lag;
        this.positions = positions;
        this.clock = clock;
    }

    /** Completes once all articles that there were at the beginning are compared. */
    Mono<Reconciliation> complete(Reconciliation begun) {
        return days.areCountedWith(ArticleTotals.COLLECTION)
                .flatMap(comparable -> comparable
                        ? pages().concatMap(this::compare, 1)
                                .reduce(begun, Reconciliation::with)
                                .zipWhen(compared -> sums())
                        : Mono.just(begun).zipWith(Mono.just(Optional.<Sums>empty())))
                .map(found -> found.getT1().finished(found.getT2(), clock.instant()));
    }

    private Flux<List<Total>> pages() {
        return totals.after("", ARTICLES_A_PAGE)
                .collectList()
                .expand(page -> page.size() < ARTICLES_A_PAGE
                        ? Mono.empty()
                        : totals.after(page.get(page.size() - 1).articleId(), ARTICLES_A_PAGE)
                                .collectList());
    }

    private Mono<Findings> compare(List<Total> page) {
        return days.counted(page.stream().map(Total::articleId).toList())
                .collectMap(CountedDays::articleId)
                .flatMapMany(counted -> Flux.fromIterable(page)
                        .filter(total -> !Difference.of(
                                        total.hits(),
                                        total.bots(),
                                        counted.getOrDefault(total.articleId(), CountedDays.none(total.articleId())))
                                .isNone()))
                .concatMap(suspect -> articles.compare(suspect.articleId()).singleOptional(), 1)
                .collectList()
                .map(compared -> findings(page.size(), compared));
    }

    private static Findings findings(int articles, List<Optional<Optional<Difference>>> compared) {
        List<Difference> differences = compared.stream()
                .flatMap(Optional::stream)
                .flatMap(Optional::stream)
                .toList();
        return new Findings(
                articles,
                differences,
                compared.stream().filter(Optional::isEmpty).count());
    }

    /**
     * The sums while nothing is counted: every view was counted before they were read, and no position has moved until they
     * were read a second time. Empty where that does not come about.
     */
    private Mono<Optional<Sums>> sums() {
        return lag.report()
                .filter(CountingLag.Report::complete)
                .flatMap(complete -> Mono.zipDelayError(positions.all(), sumsNow()))
                .delayElement(PAUSE)
                .flatMap(first -> Mono.zipDelayError(positions.all(), sumsNow())
                        .filter(first::equals)
                        .map(second -> second.getT2()))
                .onErrorMap(StatsCollections::first)
                .repeatWhenEmpty(TRIES, tries -> tries.delayElements(PAUSE))
                .onErrorComplete(IllegalStateException.class) // repeatWhenEmpty's, once its tries are used up
                .singleOptional();
    }

    private Mono<Sums> sumsNow() {
        Mono<HitsByProjection> hits = Mono.zipDelayError(
                        totals.allHits(),
                        sum(days::all, Classification.COUNTED, Classification.LATE),
                        sum(ledger::all, Classification.COUNTED, Classification.LATE))
                .map(sums -> new HitsByProjection(sums.getT1(), sums.getT2(), sums.getT3()));
        Mono<BotsByProjection> bots = Mono.zipDelayError(
                        totals.allBots(),
                        sum(days::all, Classification.BOT, Classification.AUTOMATED),
                        sum(ledger::all, Classification.BOT, Classification.AUTOMATED))
                .map(sums -> new BotsByProjection(sums.getT1(), sums.getT2(), sums.getT3()));
        Mono<DoubleClicksByProjection> doubleClicks = Mono.zipDelayError(
                        days.all(Classification.DOUBLE_CLICK), ledger.all(Classification.DOUBLE_CLICK))
                .map(sums -> new DoubleClicksByProjection(sums.getT1(), sums.getT2()));
        return Mono.zipDelayError(hits, bots, doubleClicks)
                .map(sums -> new Sums(sums.getT1(), sums.getT2(), sums.getT3()));
    }

    private static Mono<Long> sum(Function<Classification, Mono<Long>> all, Classification one, Classification other) {
        return Mono.zip(all.apply(one), all.apply(other), Long::sum);
    }
}
