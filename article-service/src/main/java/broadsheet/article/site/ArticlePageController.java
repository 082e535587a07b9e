package broadsheet.article.site;

import broadsheet.article.hits.Hits;
import broadsheet.article.store.PublicArticles;
import broadsheet.article.view.ViewRecorder;
import broadsheet.article.workflow.Article;
import java.net.URI;
import org.jspecify.annotations.Nullable;
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

    ArticlePageController(PublicArticles articles, Hits hits, ViewRecorder views) {
        this.articles = articles;
        this.hits = hits;
        this.views = views;
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
                                .build());
    }

    private Rendering shown(Article article, boolean toStaff, ServerWebExchange exchange) {
        if (!toStaff) {
            views.recordBotInBackground(article.id(), article.version(), exchange.getRequest());
        }
        URI here = exchange.getRequest().getURI();
        String cover = article.content().coverImage();
        return PageRendering.page("site/article")
                .modelAttribute("article", article)
                .modelAttribute("html", article.content().body().html())
                .modelAttribute("hits", hits.of(article.id()))
                .modelAttribute("canonical", here.resolve(article.url()))
                .modelAttribute("image", cover == null ? "" : here.resolve(cover))
                .build();
    }
}
