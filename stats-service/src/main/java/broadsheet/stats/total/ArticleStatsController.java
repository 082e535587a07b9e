package broadsheet.stats.total;

import broadsheet.stats.article.Article;
import broadsheet.stats.article.ArticleProblems;
import broadsheet.stats.article.Articles;
import broadsheet.stats.erased.ErasedArticles;
import broadsheet.stats.history.ArticleDays;
import broadsheet.stats.imported.ImportedHits;
import broadsheet.stats.position.CountingLag;
import broadsheet.stats.store.StatsCollections;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RestController;
import reactor.core.publisher.Mono;

/** The numbers of one article, and what they are worth. */
@RestController
class ArticleStatsController {

    private final ArticleTotals totals;
    private final ArticleDays days;
    private final Articles articles;
    private final ImportedHits imported;
    private final CountingLag lag;
    private final ErasedArticles erased;

    ArticleStatsController(
            ArticleTotals totals,
            ArticleDays days,
            Articles articles,
            ImportedHits imported,
            CountingLag lag,
            ErasedArticles erased) {
        this.totals = totals;
        this.days = days;
        this.articles = articles;
        this.imported = imported;
        this.lag = lag;
        this.erased = erased;
    }

    /**
     * An article's numbers.
     *
     * @param title null where no event about the article has arrived yet
     * @param imported of the hits, how many were counted elsewhere before
     * @param visitors the sum of each day's unique visitors, days in UTC
     * @param bots views by robots and automation, which are no hits
     */
    record ArticleStatsResponse(
            String articleId,
            @Nullable String title,
            long hits,
            long imported,
            long visitors,
            long bots,
            Instant asOf,
            @Nullable Long lagMillis,
            boolean complete) {}

    @GetMapping("/api/stats/articles/{id}")
    Mono<ArticleStatsResponse> article(@PathVariable String id) {
        if (erased.isUnnamed(id)) {
            return Mono.error(() -> ArticleProblems.unknown(id));
        }
        // the lag first: what it calls complete is in the totals that are read after it
        return lag.report()
                .flatMap(report -> Mono.zipDelayError(
                                totals.find(id).map(Optional::of).defaultIfEmpty(Optional.empty()),
                                days.visitors(id),
                                articles.find(id).map(Optional::of).defaultIfEmpty(Optional.empty()),
                                imported.of(id))
                        .onErrorMap(StatsCollections::first)
                        .map(found ->
                                response(id, found.getT1(), found.getT2(), found.getT3(), found.getT4(), report)));
    }

    private static ArticleStatsResponse response(
            String id,
            Optional<ArticleTotals.Total> total,
            long visitors,
            Optional<Article> article,
            long imported,
            CountingLag.Report lag) {
        if (total.isEmpty() && article.isEmpty()) {
            throw ArticleProblems.unknown(id);
        }
        ArticleTotals.Total counted = total.orElse(ArticleTotals.Total.nothing(id));
        return new ArticleStatsResponse(
                id,
                article.map(Article::title).orElse(null),
                counted.hits() + imported,
                imported,
                visitors,
                counted.bots(),
                lag.asOf(),
                lag.lagMillis(),
                lag.complete());
    }
}
