package broadsheet.article.site;

import broadsheet.article.hits.Hits;
import broadsheet.article.store.PublicArticles;
import broadsheet.article.view.ViewRecorder;
import broadsheet.article.workflow.Article;
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
        return articles.bySlug(slug)
                .switchIfEmpty(PageRendering.notFound())
                .map(article -> article.content().category().slug().equals(category)
                        ? shown(article, session != null, exchange)
                        : Rendering.redirectTo(article.url())
                                .status(HttpStatus.MOVED_PERMANENTLY)
                                .header(HttpHeaders.CACHE_CONTROL, "max-age=60") // categories change
                                .build());
    }

    private Rendering shown(Article article, boolean toStaff, ServerWebExchange exchange) {
        if (!toStaff) {
            views.recordBotInBackground(article.id(), article.version(), exchange.getRequest());
        }
        String canonical = site.absolute(article.url());
        String cover = article.content().coverImage();
        String image = cover == null ? null : site.absolute(cover);
        return PageRendering.page("site/article")
                .modelAttribute("article", article)
                .modelAttribute("html", article.content().body().html())
                .modelAttribute("hits", hits.of(article.id()))
                .modelAttribute("canonical", canonical == null ? article.url() : canonical)
                .modelAttribute("address", canonical == null ? "" : canonical)
                .modelAttribute("image", image == null ? "" : image)
                .build();
    }
}
