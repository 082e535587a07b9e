package broadsheet.stats.ranking;

import broadsheet.stats.article.Articles;
import broadsheet.stats.history.MostReadDays;
import broadsheet.stats.position.CountingLag;
import broadsheet.stats.ranking.Rankings.CategoryRanking;
import broadsheet.stats.total.ArticleTotals;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Mono;

/** Makes the rankings of a period, of all articles and of each category, from what is counted. */
@Component
class RankingMaker {

    /** Twice what one may ask for, since articles can be withdrawn before the next ranking. */
    private static final int SIZE = 200;

    /** What one search may hold in memory: some 5 MB of ids. */
    private static final int MOST_ARTICLES = 50_000;

    private final MostReadDays days;
    private final ArticleTotals totals;
    private final Articles articles;
    private final Rankings rankings;
    private final InstantSource clock;
    private final Set<String> largeCategories = ConcurrentHashMap.newKeySet();

    RankingMaker(MostReadDays days, ArticleTotals totals, Articles articles, Rankings rankings, InstantSource clock) {
        this.days = days;
        this.totals = totals;
        this.articles = articles;
        this.rankings = rankings;
        this.clock = clock;
    }

    /**
     * Stores them, and gives them.
     *
     * @param start the period's first minute
     * @param counted how current the numbers are, found before: what it calls complete is in the numbers that are read now
     */
    Mono<List<CategoryRanking>> make(Period period, Instant start, CountingLag.Report counted) {
        var search = new ThresholdSearch(lists(period, start), articles, largeCategories, SIZE, MOST_ARTICLES);
        return search.find()
                .map(best -> best.categories().stream()
                        .map(category -> new CategoryRanking(
                                category, best.mostHitsFirst(category), counted, search.isExact(category)))
                        .toList())
                .delayUntil(made -> rankings.store(period, made, counted.asOf()));
    }

    private HitLists lists(Period period, Instant start) {
        return period == Period.EVER ? HitLists.ofAllTime(totals) : HitLists.since(start, clock.instant(), days);
    }
}
