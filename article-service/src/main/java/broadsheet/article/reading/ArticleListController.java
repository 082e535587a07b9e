package broadsheet.article.reading;

import broadsheet.article.hits.Hits;
import broadsheet.article.store.ArticleFilter;
import broadsheet.article.store.Articles;
import broadsheet.article.store.ListCursor;
import broadsheet.article.store.PublicArticles;
import broadsheet.web.paging.Page;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.security.core.Authentication;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.server.ServerWebExchange;
import reactor.core.publisher.Mono;

/** Lists articles, newest first; a list never counts views. */
@RestController
@RequestMapping("/api/articles")
class ArticleListController {

    private final Articles articles;
    private final Hits hits;

    ArticleListController(Articles articles, Hits hits) {
        this.articles = articles;
        this.hits = hits;
    }

    @GetMapping
    Mono<Page<ArticleResponse>> list(
            @RequestParam(required = false) @Nullable String category,
            @RequestParam(required = false) @Nullable String tag,
            @RequestParam(required = false) @Nullable String author,
            @RequestParam(required = false) @Nullable List<String> status,
            @RequestParam(required = false) @Nullable Integer limit,
            @RequestParam(required = false) @Nullable String cursor,
            @Nullable Authentication session,
            ServerWebExchange exchange) {
        int most = Page.limit(limit);
        var filter = new ArticleFilter(
                category,
                tag,
                author,
                StatusFilter.of(status, session != null),
                cursor == null ? null : ListCursor.parse(cursor));
        if (session == null) {
            PublicArticles.shareList(exchange);
        }
        return articles.list(filter, most)
                .collectList()
                .map(found -> Page.of(
                        found,
                        most,
                        article -> ArticleResponse.toList(article, session != null, hits.of(article.id())),
                        ListCursor::of));
    }
}
