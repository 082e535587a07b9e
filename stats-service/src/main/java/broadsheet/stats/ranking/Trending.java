package broadsheet.stats.ranking;

import broadsheet.stats.article.Article;
import broadsheet.stats.article.Articles;
import broadsheet.stats.position.CountingLag;
import broadsheet.stats.ranking.StoredTrends.Trend;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Mono;

/** The articles that are read more now than their own past and their category let expect. */
@Component
public class Trending {

    private final StoredTrends trends;
    private final Articles articles;

    Trending(StoredTrends trends, Articles articles) {
        this.trends = trends;
        this.articles = articles;
    }

    /**
     * An article that is rising.
     *
     * @param hits of the last hour
     * @param expected the hits that it was to have
     * @param score by how many standard deviations it has more; 3 or more
     */
    public record TrendingArticle(Article article, long hits, double expected, double score) {}

    /**
     * The articles that are rising.
     *
     * @param counted how current the numbers were that it was made of
     */
    public record TrendingArticles(List<TrendingArticle> articles, CountingLag.Report counted) {}

    /** All that readers may see, the greatest rise first, up to 500; empty where none was looked for yet. */
    public Mono<TrendingArticles> now() {
        return now(null);
    }

    /** @param category the slug of the only category that is asked for */
    Mono<TrendingArticles> now(@Nullable String category) {
        return trends.find()
                .flatMap(found -> articles.findPublic(
                                found.trends().stream().map(Trend::articleId).toList(), category)
                        .collectMap(Article::articleId)
                        .map(known -> new TrendingArticles(
                                found.trends().stream()
                                        .flatMap(trend -> Stream.ofNullable(known.get(trend.articleId()))
                                                .map(article -> new TrendingArticle(
                                                        article, trend.hits(), trend.expected(), trend.score())))
                                        .toList(),
                                found.counted())));
    }
}
