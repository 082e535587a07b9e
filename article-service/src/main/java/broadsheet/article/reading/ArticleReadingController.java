package broadsheet.article.reading;

import broadsheet.article.hits.Hits;
import broadsheet.article.store.Articles;
import broadsheet.article.store.PublicArticles;
import broadsheet.article.view.ViewRecorder;
import broadsheet.article.workflow.Article;
import broadsheet.article.workflow.ArticleProblems;
import broadsheet.events.ArticleViewed.Channel;
import broadsheet.web.cache.SharedResponses;
import java.util.function.BiFunction;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.security.core.Authentication;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.server.ServerWebExchange;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;

/** Shows one article: to readers what is published, counting the view, to staff whatever there is. */
@RestController
@RequestMapping("/api/articles")
class ArticleReadingController {

    private final Articles articles;
    private final PublicArticles published;
    private final Hits hits;
    private final ViewRecorder views;

    ArticleReadingController(Articles articles, PublicArticles published, Hits hits, ViewRecorder views) {
        this.articles = articles;
        this.published = published;
        this.hits = hits;
        this.views = views;
    }

    @GetMapping("/{id}")
    Mono<ResponseEntity<ArticleResponse>> byId(
            @PathVariable String id,
            @RequestParam(defaultValue = "true") boolean view,
            @Nullable Authentication session,
            ServerWebExchange exchange) {
        return session == null
                ? toReader(published.byIdUnlessWithdrawn(id), id, view, exchange)
                : toStaff(articles.byId(id), id, exchange);
    }

    @GetMapping("/slug/{slug}")
    Mono<ResponseEntity<ArticleResponse>> bySlug(
            @PathVariable String slug,
            @RequestParam(defaultValue = "true") boolean view,
            @Nullable Authentication session,
            ServerWebExchange exchange) {
        return session == null
                ? toReader(published.bySlugUnlessWithdrawn(slug), slug, view, exchange)
                : toStaff(articles.bySlug(slug), slug, exchange);
    }

    /**
     * A view is made beside the answer, which never waits for it; a 304 is a view too. The ETag is weak, since it stays when
     * the hits change.
     */
    private Mono<ResponseEntity<ArticleResponse>> toReader(
            Mono<Article> asked, String name, boolean view, ServerWebExchange exchange) {
        return asked.switchIfEmpty(Mono.error(() -> ArticleProblems.unknown(name)))
                .map(article -> {
                    PublicArticles.share(article, exchange);
                    if (view) {
                        SharedResponses.onEachServed(
                                exchange,
                                request -> views.recordInBackground(
                                        article.id(), article.version(), Channel.API, request));
                    }
                    return shown(
                            article, "W/\"" + article.version() + "-public\"", exchange, ArticleResponse::toReader);
                });
    }

    private Mono<ResponseEntity<ArticleResponse>> toStaff(
            Mono<Article> asked, String name, ServerWebExchange exchange) {
        return asked.switchIfEmpty(Mono.error(() -> ArticleProblems.unknown(name)))
                .publishOn(Schedulers.boundedElastic()) // a long body takes its time until it is safe
                .map(article -> shown(article, "\"" + article.version() + "\"", exchange, ArticleResponse::toStaff));
    }

    private ResponseEntity<ArticleResponse> shown(
            Article article,
            String eTag,
            ServerWebExchange exchange,
            BiFunction<Article, Hits.Total, ArticleResponse> response) {
        if (exchange.checkNotModified(eTag)) {
            return ResponseEntity.status(HttpStatus.NOT_MODIFIED).eTag(eTag).build();
        }
        return ResponseEntity.ok()
                .eTag(eTag)
                .header(HttpHeaders.VARY, HttpHeaders.AUTHORIZATION, HttpHeaders.COOKIE)
                .body(response.apply(article, hits.of(article.id())));
    }
}
