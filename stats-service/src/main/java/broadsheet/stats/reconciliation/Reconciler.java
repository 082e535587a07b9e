package broadsheet.stats.reconciliation;

import broadsheet.stats.history.ArticleDays;
import broadsheet.stats.history.CountedDays;
import broadsheet.stats.reconciliation.Reconciliation.Difference;
import broadsheet.stats.reconciliation.Reconciliation.Findings;
import broadsheet.stats.reconciliation.Reconciliation.Sums;
import broadsheet.stats.total.ArticleTotals;
import broadsheet.stats.total.ArticleTotals.Total;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
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

    private final ArticleTotals totals;
    private final ArticleDays days;
    private final ArticleReconciler articles;
    private final SettledSums sums;
    private final InstantSource clock;

    Reconciler(
            ArticleTotals totals, ArticleDays days, ArticleReconciler articles, SettledSums sums, InstantSource clock) {
        this.totals = totals;
        this.days = days;
        this.articles = articles;
        this.sums = sums;
        this.clock = clock;
    }

    /** Completes once all articles that there were at the beginning are compared. */
    Mono<Reconciliation> complete(Reconciliation begun) {
        return days.areCountedWith(ArticleTotals.COLLECTION)
                .flatMap(comparable -> comparable
                        ? pages().concatMap(this::compare, 1)
                                .reduce(begun, Reconciliation::with)
                                .zipWhen(compared -> sums.find())
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
}
