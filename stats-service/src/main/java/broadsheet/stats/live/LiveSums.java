package broadsheet.stats.live;

import broadsheet.stats.live.CountedSecond.ArticleHits;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** What several instances have counted, added up: views by column, articles with their hits and newest totals. Not thread-safe. */
final class LiveSums {

    private static final Comparator<ArticleHits> MOST_HITS =
            Comparator.comparingLong(ArticleHits::hits).reversed().thenComparing(ArticleHits::articleId);

    private final Map<String, Long> views = new HashMap<>();
    private final Map<String, ArticleHits> articles = new HashMap<>();
    private long otherArticles;
    private long otherHits;

    void add(CountedSecond counted) {
        counted.views().forEach((column, more) -> views.merge(column, more, Long::sum));
        counted.articles().forEach(article -> articles.merge(article.articleId(), article, LiveSums::sum));
        otherArticles += counted.otherArticles();
        otherHits += counted.otherHits();
    }

    private static ArticleHits sum(ArticleHits before, ArticleHits next) {
        return new ArticleHits(next.articleId(), before.hits() + next.hits(), next.total());
    }

    long views(String column) {
        return views.getOrDefault(column, 0L);
    }

    /** The articles with the most hits, and the others as numbers alone. */
    Most most(int limit) {
        List<ArticleHits> most =
                articles.values().stream().sorted(MOST_HITS).limit(limit).toList();
        return new Most(
                most, otherArticles + articles.size() - most.size(), otherHits + hits(articles.values()) - hits(most));
    }

    private static long hits(Iterable<ArticleHits> articles) {
        long hits = 0;
        for (ArticleHits article : articles) {
            hits += article.hits();
        }
        return hits;
    }

    record Most(List<ArticleHits> articles, long otherArticles, long otherHits) {}
}
