package broadsheet.stats.live;

import broadsheet.stats.article.Article;
import broadsheet.stats.classification.Classification;
import broadsheet.stats.live.CountedSecond.ArticleHits;
import broadsheet.stats.live.LiveSums.Most;
import broadsheet.stats.position.CountingLag;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What is counted now, by all instances.
 *
 * @param viewsPerSecond by column of the ledger, as they were counted in the last second; each column, those without views too
 * @param activeArticles that had hits within the last five minutes; beyond 512 an estimate, within 1.2 % as a rule
 * @param articles those with the most hits in the last second, and their newest totals
 * @param otherArticles that had hits in it too
 * @param otherHits of these
 * @param asOf when it was so
 * @param lagMillis age of the oldest view that may not be counted, at most; null while Kafka or the store does not answer
 * @param complete whether every view that was acknowledged by then is counted
 */
record LiveNumbers(
        Map<String, Long> viewsPerSecond,
        long activeArticles,
        List<LiveArticle> articles,
        long otherArticles,
        long otherHits,
        Instant asOf,
        @Nullable Long lagMillis,
        boolean complete) {

    /**
     * An article that is read now.
     *
     * @param title null where it is not known
     * @param hits those of the last second
     * @param total all that it has
     */
    record LiveArticle(
            String articleId,
            @Nullable String title,
            @Nullable String url,
            long hits,
            long total) {

        private static LiveArticle of(ArticleHits hits, @Nullable Article known) {
            return new LiveArticle(
                    hits.articleId(),
                    known == null ? null : known.title(),
                    known == null ? null : known.url(),
                    hits.hits(),
                    hits.total());
        }
    }

    static LiveNumbers of(
            LiveSums sums, Most most, long activeArticles, Map<String, Article> known, CountingLag.Report lag) {
        Map<String, Long> views = new LinkedHashMap<>();
        for (Classification one : Classification.values()) {
            views.put(one.column(), sums.views(one.column()));
        }
        return new LiveNumbers(
                views,
                activeArticles,
                most.articles().stream()
                        .map(article -> LiveArticle.of(article, known.get(article.articleId())))
                        .toList(),
                most.otherArticles(),
                most.otherHits(),
                lag.asOf(),
                lag.lagMillis(),
                lag.complete());
    }
}
