package broadsheet.stats.reconciliation;

import broadsheet.stats.HitCount;
import broadsheet.stats.classification.Classification;
import broadsheet.stats.history.ArticleDays;
import broadsheet.stats.history.ArticleHours;
import broadsheet.stats.history.BotsAndDoubleClicks;
import broadsheet.stats.history.ExpiredHours;
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
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** Compares every article's hits in totals, hours and days, its bots in totals and hours, and their sums with the ledger's. */
@Component
class Reconciler {

    private static final int ARTICLES_A_PAGE = 500;
    private static final int TRIES = 30;
    private static final Duration PAUSE = Duration.ofSeconds(1);

    private final ArticleTotals totals;
    private final ArticleHours hours;
    private final ArticleDays days;
    private final ExpiredHours expired;
    private final BotsAndDoubleClicks noHits;
    private final LedgerHours ledger;
    private final ArticleReconciler articles;
    private final CountingLag lag;
    private final ServedPositions positions;
    private final InstantSource clock;

    Reconciler(
            ArticleTotals totals,
            ArticleHours hours,
            ArticleDays days,
            ExpiredHours expired,
            BotsAndDoubleClicks noHits,
            LedgerHours ledger,
            ArticleReconciler articles,
            CountingLag lag,
            ServedPositions positions,
            InstantSource clock) {
        this.totals = totals;
        this.hours = hours;
        this.days = days;
        this.expired = expired;
        this.noHits = noHits;
        this.ledger = ledger;
        this.articles = articles;
        this.lag = lag;
        this.positions = positions;
        this.clock = clock;
    }

    /** Completes once all articles that there were at the beginning are compared. */
    Mono<Reconciliation> complete(Reconciliation begun) {
        return noHits.areCountedWith(ArticleTotals.COLLECTION)
                .flatMap(withBots -> pages().concatMap(page -> compare(page, withBots), 1)
                        .reduce(begun, Reconciliation::with)
                        .zipWhen(compared -> sums(withBots)))
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

    private Mono<Findings> compare(List<Total> page, boolean withBots) {
        List<String> ids = page.stream().map(Total::articleId).toList();
        return Mono.zipDelayError(byArticle(hourly(ids)), byArticle(days.hits(ids)), noHits.bots(ids))
                .onErrorMap(StatsCollections::first)
                .flatMapMany(found -> Flux.fromIterable(page)
                        .filter(total -> differs(total.articleId(), total.hits(), found.getT1())
                                || differs(total.articleId(), total.hits(), found.getT2())
                                || (withBots && differs(total.articleId(), total.bots(), found.getT3()))))
                .concatMap(
                        suspect ->
                                articles.compare(suspect.articleId(), withBots).singleOptional(),
                        1)
                .collectList()
                .map(compared -> findings(page.size(), compared));
    }

    /** The hits of the hours; of those that have expired their days'. An article may come twice. */
    private Flux<HitCount> hourly(List<String> articleIds) {
        return expired.before()
                .flatMapMany(
                        before -> Flux.concat(hours.hits(articleIds, before), days.hitsBefore(before, articleIds)));
    }

    private static Mono<Map<String, Long>> byArticle(Flux<HitCount> hits) {
        return hits.collect(Collectors.groupingBy(HitCount::articleId, Collectors.summingLong(HitCount::hits)));
    }

    private static boolean differs(String articleId, long total, Map<String, Long> sums) {
        return total != sums.getOrDefault(articleId, 0L);
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
    private Mono<Optional<Sums>> sums(boolean withBots) {
        return lag.report()
                .filter(CountingLag.Report::complete)
                .flatMap(complete -> Mono.zipDelayError(positions.all(), sumsNow(withBots)))
                .delayElement(PAUSE)
                .flatMap(first -> Mono.zipDelayError(positions.all(), sumsNow(withBots))
                        .filter(first::equals)
                        .map(second -> second.getT2()))
                .onErrorMap(StatsCollections::first)
                .repeatWhenEmpty(TRIES, tries -> tries.delayElements(PAUSE))
                .onErrorComplete(IllegalStateException.class) // repeatWhenEmpty's, once its tries are used up
                .singleOptional();
    }

    private Mono<Long> allHourly() {
        return expired.before()
                .flatMap(before -> Mono.zip(hours.allHits(before), days.allHitsBefore(before), Long::sum));
    }

    private Mono<Sums> sumsNow(boolean withBots) {
        Mono<HitsByProjection> hits = Mono.zipDelayError(
                        totals.allHits(), allHourly(), days.allHits(), ledger.all(Classification.COUNTED))
                .map(sums -> new HitsByProjection(sums.getT1(), sums.getT2(), sums.getT3(), sums.getT4()));
        Mono<BotsByProjection> bots = Mono.zipDelayError(
                        totals.allBots(), noHits.allBots(), ledger.all(Classification.BOT))
                .map(sums -> new BotsByProjection(sums.getT1(), sums.getT2(), sums.getT3()));
        Mono<DoubleClicksByProjection> doubleClicks = Mono.zipDelayError(
                        noHits.allDoubleClicks(), ledger.all(Classification.DOUBLE_CLICK))
                .map(sums -> new DoubleClicksByProjection(sums.getT1(), sums.getT2()));
        return withBots
                ? Mono.zipDelayError(hits, bots, doubleClicks)
                        .map(sums -> new Sums(sums.getT1(), sums.getT2(), sums.getT3()))
                : hits.map(sums -> new Sums(sums, null, null));
    }
}
