package broadsheet.stats.ranking;

import broadsheet.stats.article.Article;
import broadsheet.stats.ranking.Trending.TrendingArticle;
import broadsheet.web.cache.SharedResponses;
import broadsheet.web.paging.Page;
import java.time.Instant;
import java.util.List;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.server.ServerWebExchange;
import reactor.core.publisher.Mono;

/** The articles that are rising now, for anyone. */
@RestController
class TrendingController {

    private final Trending trending;

    TrendingController(Trending trending) {
        this.trending = trending;
    }

    /**
     * What is rising.
     *
     * @param asOf the moment that it is true of; null where none was looked for yet, as just after the first start
     * @param complete whether every view that was acknowledged by then is counted
     */
    record TrendingResponse(
            List<Item> items,
            @Nullable String nextCursor,
            @Nullable Instant asOf,
            @Nullable Long lagMillis,
            boolean complete) {}

    /**
     * An article that is rising.
     *
     * @param hits of the last hour
     * @param expected what its own last two days and its category's median let expect, to a tenth
     * @param score by how many standard deviations there are more, to a tenth
     */
    record Item(
            int rank,
            String articleId,
            String title,
            String url,
            Article.Category category,
            long hits,
            double expected,
            double score) {}

    @GetMapping("/api/stats/trending")
    Mono<TrendingResponse> trending(
            @RequestParam(required = false) @Nullable String category,
            @RequestParam(required = false) @Nullable Integer limit,
            ServerWebExchange exchange) {
        int most = Page.limit(limit);
        String asked = AskedCategory.checked(category);
        SharedResponses.share(exchange, "articles");
        return trending.now(asked)
                .map(now -> new TrendingResponse(
                        IntStream.range(0, Math.min(most, now.articles().size()))
                                .mapToObj(i -> item(i + 1, now.articles().get(i)))
                                .toList(),
                        null,
                        now.counted().asOf(),
                        now.counted().lagMillis(),
                        now.counted().complete()))
                .defaultIfEmpty(new TrendingResponse(List.of(), null, null, null, false));
    }

    private static Item item(int rank, TrendingArticle rising) {
        Article article = rising.article();
        return new Item(
                rank,
                article.articleId(),
                article.title(),
                article.url(),
                article.category(),
                rising.hits(),
                Math.round(rising.expected() * 10) / 10.0,
                Math.round(rising.score() * 10) / 10.0);
    }
}
