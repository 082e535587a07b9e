package broadsheet.article.site;

import broadsheet.article.hits.Hits;
import broadsheet.article.store.PublicArticles;
import broadsheet.article.view.ViewRecorder;
import broadsheet.article.workflow.Article;
import broadsheet.article.workflow.ArticleProblems;
import broadsheet.web.cache.SharedResponses;
import broadsheet.web.problem.ErrorPages;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.security.core.Authentication;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.reactive.result.view.Rendering;
import org.springframework.web.server.ServerWebExchange;
import reactor.core.publisher.Mono;

/** The page of an article; the only script it needs is the one that counts and refreshes the hits. */
@Controller
class ArticlePageController {

    private final PublicArticles articles;
    private final Hits hits;
    private final ViewRecorder views;
    private final Site site;

    ArticlePageController(PublicArticles articles, Hits hits, ViewRecorder views, Site site) {
        this.articles = articles;
        this.hits = hits;
        this.views = views;
        this.site = site;
    }

    /** The page itself counts no view of a person: its beacon does, once it is seen. */
    @GetMapping("/news/{category}/{slug}")
    Mono<Rendering> article(
            @PathVariable String category,
            @PathVariable String slug,
            @Nullable Authentication session,
            ServerWebExchange exchange) {
        return articles.bySlugOrWithdrawn(slug)
                .switchIfEmpty(PageNotFound.error())
                .doOnNext(article -> PublicArticles.share(article, exchange))
                .map(article -> {
                    if (!article.isPublic()) {
                        return withdrawn(article, exchange);
                    }
                    return article.url().equals("/news/" + category + "/" + slug)
                            ? shown(article, session != null, exchange)
                            : moved(article);
                });
    }

    /** Categories and slugs change, and may change back. */
    private static Rendering moved(Article article) {
        return Rendering.redirectTo(article.url())
                .status(HttpStatus.MOVED_PERMANENTLY)
                .header(HttpHeaders.CACHE_CONTROL, "public, max-age=60, s-maxage=1")
                .build();
    }

    /** Nothing that was written: any of it can be why. Programs get a problem that says the same. */
    private static Rendering withdrawn(Article article, ServerWebExchange exchange) {
        if (!ErrorPages.areFor(exchange)) {
            throw ArticleProblems.withdrawn(article);
        }
        return Rendering.view("site/withdrawn")
                .status(HttpStatus.GONE)
                .modelAttribute("dates", article.dates())
                .modelAttribute("category", article.content().category())
                .build();
    }

    private Rendering shown(Article article, boolean toStaff, ServerWebExchange exchange) {
        if (!toStaff) {
            SharedResponses.onEachServed(
                    exchange, request -> views.recordBotInBackground(article.id(), article.version(), request));
        }
        return Rendering.view("site/article")
                .modelAttribute("article", article)
                .modelAttribute("html", article.content().body().html())
                .modelAttribute("hits", hits.of(article.id()))
                .modelAttribute("preview", ArticlePreview.of(article, site))
                .build();
    }
}
