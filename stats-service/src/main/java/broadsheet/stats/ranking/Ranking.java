package broadsheet.stats.ranking;

import broadsheet.stats.HitCount;
import broadsheet.stats.article.Article;
import broadsheet.stats.article.Articles;
import broadsheet.stats.position.CountingLag;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** The most read articles by the stored rankings, with what is known of each now. */
@Component
class Ranking {

    private static final int LOOKUP_SIZE = 100;

    private final Rankings rankings;
    private final Articles articles;

    Ranking(Rankings rankings, Articles articles) {
        this.rankings = rankings;
        this.articles = articles;
    }

    record RankedArticle(Article article, long hits) {}

    record TopArticles(List<RankedArticle> items, CountingLag.Report counted, boolean exact) {}

    /** Only articles that readers may see now; of one category, where one is given. Empty where none was made yet. */
    Mono<TopArticles> top(Period period, @Nullable String category, int limit) {
        return rankings.find(period, category == null ? MostRead.ALL : category)
                .flatMap(ranking -> Flux.fromIterable(ranking.articles())
                        .buffer(LOOKUP_SIZE)
                        .concatMap(hits -> withArticles(hits, category), 1)
                        .take(limit)
                        .collectList()
                        .map(items -> new TopArticles(items, ranking.counted(), ranking.exact())));
    }

    private Flux<RankedArticle> withArticles(List<HitCount> chunk, @Nullable String category) {
        return articles.findPublic(chunk.stream().map(HitCount::articleId).toList(), category)
                .collectMap(Article::articleId)
                .flatMapIterable(known -> chunk.stream()
                        .flatMap(hits -> Stream.ofNullable(known.get(hits.articleId()))
                                .map(article -> new RankedArticle(article, hits.hits())))
                        .toList());
    }
}
