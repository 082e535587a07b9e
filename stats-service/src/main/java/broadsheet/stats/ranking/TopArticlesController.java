package broadsheet.stats.ranking;

import broadsheet.stats.article.Article;
import broadsheet.stats.position.CountingLag;
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

/** The most read articles, for anyone. */
@RestController
class TopArticlesController {

    private final Ranking ranking;

    TopArticlesController(Ranking ranking) {
        this.ranking = ranking;
    }

    /**
     * A ranking.
     *
     * @param asOf the moment that it is true of; null where none was made yet, as just after the first start
     * @param complete whether every view that was acknowledged by then is counted
     * @param exact false where so many articles were read that one with hardly less hits may be missing
     */
    record TopResponse(
            String period,
            List<TopArticle> items,
            @Nullable String nextCursor,
            @Nullable Instant asOf,
            @Nullable Long lagMillis,
            boolean complete,
            boolean exact) {

        static TopResponse of(String period, Ranking.TopArticles top) {
            CountingLag.Report counted = top.counted();
            return new TopResponse(
                    period,
                    withRanks(top.items()),
                    null,
                    counted.asOf(),
                    counted.lagMillis(),
                    counted.complete(),
                    top.exact());
        }

        static TopResponse notMadeYet(String period) {
            return new TopResponse(period, List.of(), null, null, null, false, false);
        }
    }

    record TopArticle(int rank, String articleId, String title, String url, Article.Category category, long hits) {}

    @GetMapping("/api/stats/top")
    Mono<TopResponse> top(
            @RequestParam(defaultValue = "24h") String period,
            @RequestParam(required = false) @Nullable String category,
            @RequestParam(required = false) @Nullable Integer limit,
            ServerWebExchange exchange) {
        SharedResponses.share(exchange, "articles");
        return ranking.top(Period.of(period), AskedCategory.checked(category), Page.limit(limit))
                .map(top -> TopResponse.of(period, top))
                .defaultIfEmpty(TopResponse.notMadeYet(period));
    }

    private static List<TopArticle> withRanks(List<Ranking.RankedArticle> ranked) {
        return IntStream.range(0, ranked.size())
                .mapToObj(i -> item(i + 1, ranked.get(i)))
                .toList();
    }

    private static TopArticle item(int rank, Ranking.RankedArticle ranked) {
        Article article = ranked.article();
        return new TopArticle(
                rank, article.articleId(), article.title(), article.url(), article.category(), ranked.hits());
    }
}
