package broadsheet.stats.ranking;

import broadsheet.stats.HitCount;
import broadsheet.stats.article.Article;
import broadsheet.stats.article.Articles;
import broadsheet.stats.history.MostReadDays;
import broadsheet.stats.position.CountingLag;
import broadsheet.stats.ranking.Rankings.CategoryRanking;
import broadsheet.stats.ranking.StoredTrends.Trend;
import java.time.Instant;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/**
 * Finds the articles whose hits of the last hour stand out against their own past and their category's median, among the
 * most read of the hour in each category.
 */
@Component
class TrendMaker {

    private static final int ARTICLES_AT_ONCE = 100;
    private static final int MOST_TRENDS = 500;
    private static final int ENOUGH_FOR_A_MEDIAN = 5;
    private static final int ENOUGH_TO_COMPARE = 10;
    private static final double MOST_SITE_RATIO = 4;

    private final MostReadDays days;
    private final Articles articles;
    private final StoredTrends trends;

    TrendMaker(MostReadDays days, Articles articles, StoredTrends trends) {
        this.days = days;
        this.articles = articles;
        this.trends = trends;
    }

    private record Candidate(Article article, long hits, PastHits past) {}

    /** @param hour its first minute */
    Mono<Void> make(List<CategoryRanking> lastHour, Instant hour) {
        if (lastHour.isEmpty()) {
            return Mono.empty();
        }
        CountingLag.Report counted = lastHour.get(0).counted();
        Map<String, Double> medians = medians(lastHour);
        return candidates(lastHour, hour)
                .collectList()
                .flatMap(candidates -> trends.store(trends(candidates, medians), counted));
    }

    /** Of a category in which few articles were read it is that of all. */
    private static Map<String, Double> medians(List<CategoryRanking> lastHour) {
        Map<String, Double> medians = new HashMap<>();
        for (CategoryRanking ranking : lastHour) {
            List<Long> hits = ranking.articles().stream().map(HitCount::hits).toList();
            if (hits.size() >= ENOUGH_FOR_A_MEDIAN || ranking.category().equals(MostRead.ALL)) {
                medians.put(ranking.category(), Medians.of(hits));
            }
        }
        return medians;
    }

    private Flux<Candidate> candidates(List<CategoryRanking> lastHour, Instant hour) {
        Map<String, Long> hits = new HashMap<>();
        lastHour.stream()
                .flatMap(ranking -> ranking.articles().stream())
                .filter(article -> TrendScore.canTrend(article.hits()))
                .forEach(article -> hits.put(article.articleId(), article.hits()));
        return Flux.fromIterable(hits.keySet()).buffer(ARTICLES_AT_ONCE).concatMap(ids -> candidates(ids, hits, hour));
    }

    private Flux<Candidate> candidates(List<String> articleIds, Map<String, Long> hits, Instant hour) {
        return Mono.zip(
                        articles.findPublic(articleIds, null).collectList(),
                        days.hitsByTime(hour.minus(PastHits.LENGTH), hour, articleIds))
                .flatMapIterable(found -> found.getT1().stream()
                        .map(article -> new Candidate(
                                article,
                                hits.getOrDefault(article.articleId(), 0L),
                                PastHits.before(
                                        hour,
                                        found.getT2().getOrDefault(article.articleId(), new TreeMap<>()),
                                        article.publishedAt())))
                        .toList());
    }

    private static List<Trend> trends(Collection<Candidate> candidates, Map<String, Double> medians) {
        double siteRatio = siteRatio(candidates);
        return candidates.stream()
                .map(one -> {
                    double median = medians.getOrDefault(
                            one.article().category().slug(), medians.getOrDefault(MostRead.ALL, 0.0));
                    double expected = one.past().expected(median, siteRatio);
                    return new Trend(
                            one.article().articleId(), one.hits(), expected, TrendScore.of(one.hits(), expected));
                })
                .filter(trend -> trend.score() >= TrendScore.TRENDING)
                .sorted(Comparator.comparingDouble(Trend::score).reversed().thenComparing(Trend::articleId))
                .limit(MOST_TRENDS)
                .toList();
    }

    /** The median, which a few articles that rise do not move. */
    private static double siteRatio(Collection<Candidate> candidates) {
        List<Double> ratios = candidates.stream()
                .filter(one -> one.past().hours() >= 1)
                .map(one -> one.past().ratio(one.hits()))
                .toList();
        return ratios.size() < ENOUGH_TO_COMPARE
                ? 1
                : Math.min(MOST_SITE_RATIO, Math.max(1 / MOST_SITE_RATIO, Medians.of(ratios)));
    }
}
