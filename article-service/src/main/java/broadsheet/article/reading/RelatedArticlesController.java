package broadsheet.article.reading;

import broadsheet.article.hits.Hits;
import broadsheet.article.search.ArticleSearch;
import broadsheet.article.search.FoundArticles;
import broadsheet.article.search.SearchSort;
import broadsheet.article.store.ArticleFilter;
import broadsheet.article.store.ListedArticle;
import broadsheet.article.store.PublicArticles;
import broadsheet.article.workflow.Article;
import broadsheet.article.workflow.ArticleProblems;
import broadsheet.web.paging.Page;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.security.core.Authentication;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.server.ServerWebExchange;
import reactor.core.publisher.Mono;

/** Where a reader of a published article may go on: to articles like it, and to those before and after it. */
@RestController
@RequestMapping("/api/articles/{id}")
class RelatedArticlesController {

    private static final int DEFAULT_RELATED = 5;

    private final PublicArticles published;
    private final ArticleSearch search;
    private final Hits hits;

    RelatedArticlesController(PublicArticles published, ArticleSearch search, Hits hits) {
        this.published = published;
        this.search = search;
        this.hits = hits;
    }

    /** Those with the same tags and words, the most alike first. */
    @GetMapping("/related")
    Mono<Page<ArticleResponse>> related(
            @PathVariable String id,
            @RequestParam(required = false) @Nullable Integer limit,
            @Nullable Authentication session,
            ServerWebExchange exchange) {
        int most = limit == null ? DEFAULT_RELATED : Page.limit(limit);
        return published(id, session, exchange)
                .flatMap(article -> search.related(id, most))
                .map(found -> new Page<>(found.stream().map(this::shown).toList(), null));
    }

    /** Those of its category that were published right before and after it. */
    @GetMapping("/adjacent")
    Mono<AdjacentResponse> adjacent(
            @PathVariable String id, @Nullable Authentication session, ServerWebExchange exchange) {
        return published(id, session, exchange)
                .flatMap(article -> Mono.zip(
                        next(article, SearchSort.NEWEST), next(article, SearchSort.OLDEST), AdjacentResponse::of));
    }

    /**
     * Two articles of a category.
     *
     * @param previous null for its first one
     * @param next null for its newest one
     */
    record AdjacentResponse(
            @Nullable ArticleResponse previous, @Nullable ArticleResponse next) {

        private static AdjacentResponse of(Optional<ArticleResponse> previous, Optional<ArticleResponse> next) {
            return new AdjacentResponse(previous.orElse(null), next.orElse(null));
        }
    }

    private Mono<Article> published(String id, @Nullable Authentication session, ServerWebExchange exchange) {
        return published
                .byId(id)
                .switchIfEmpty(Mono.error(() -> ArticleProblems.unknown(id)))
                .doOnNext(article -> {
                    if (session == null) {
                        PublicArticles.shareSearch(exchange);
                    }
                });
    }

    private Mono<Optional<ArticleResponse>> next(Article article, SearchSort order) {
        var inCategory = ArticleFilter.published(article.content().category().slug(), null);
        String behind = order.cursor(article.dates().listed(), article.id());
        return search.find(new ArticleSearch.Request(null, inCategory, order, behind, false, 1))
                .map(FoundArticles::articles)
                .map(found -> found.stream().findFirst().map(one -> shown(one.article())));
    }

    private ArticleResponse shown(ListedArticle article) {
        return ArticleResponse.toList(article, false, hits.of(article.id()));
    }
}
