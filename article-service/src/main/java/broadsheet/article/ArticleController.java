package broadsheet.article;

import broadsheet.article.hits.Hits;
import broadsheet.article.view.Views;
import broadsheet.events.ArticleViewed.Channel;
import broadsheet.web.paging.Page;
import jakarta.validation.Valid;
import java.net.URI;
import java.util.List;
import java.util.function.BiFunction;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.security.core.Authentication;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.server.ServerWebExchange;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;

@RestController
@RequestMapping("/api/articles")
class ArticleController {

    private final Newsroom newsroom;
    private final Articles articles;
    private final PublicArticles published;
    private final Hits hits;
    private final Views views;

    ArticleController(Newsroom newsroom, Articles articles, PublicArticles published, Hits hits, Views views) {
        this.newsroom = newsroom;
        this.articles = articles;
        this.published = published;
        this.hits = hits;
        this.views = views;
    }

    @PostMapping
    Mono<ResponseEntity<ArticleResponse>> draft(@Valid @RequestBody ArticleRequest request, Authentication session) {
        return newsroom.draft(request, session)
                .map(draft -> ResponseEntity.created(URI.create("/api/articles/" + draft.id()))
                        .eTag(Long.toString(draft.version()))
                        .body(ArticleResponse.toStaff(draft, hits.of(draft.id()))));
    }

    @PutMapping("/{id}")
    Mono<ResponseEntity<ArticleResponse>> rewrite(
            @PathVariable String id,
            @RequestHeader(name = HttpHeaders.IF_MATCH, required = false) @Nullable String ifMatch,
            @Valid @RequestBody ArticleRequest request,
            Authentication session) {
        return newsroom.rewrite(id, request, ifMatch, session)
                .map(article -> ResponseEntity.ok()
                        .eTag(Long.toString(article.version()))
                        .body(ArticleResponse.toStaff(article, hits.of(id))));
    }

    @GetMapping("/{id}")
    Mono<ResponseEntity<ArticleResponse>> byId(
            @PathVariable String id,
            @RequestParam(defaultValue = "true") boolean view,
            @Nullable Authentication session,
            ServerWebExchange exchange) {
        return session == null
                ? toReader(published.byId(id), id, view, exchange)
                : toStaff(articles.byId(id), id, exchange);
    }

    @GetMapping("/slug/{slug}")
    Mono<ResponseEntity<ArticleResponse>> bySlug(
            @PathVariable String slug,
            @RequestParam(defaultValue = "true") boolean view,
            @Nullable Authentication session,
            ServerWebExchange exchange) {
        return session == null
                ? toReader(published.bySlug(slug), slug, view, exchange)
                : toStaff(articles.bySlug(slug), slug, exchange);
    }

    @GetMapping
    Mono<Page<ArticleResponse>> list(
            @RequestParam(required = false) @Nullable String category,
            @RequestParam(required = false) @Nullable String tag,
            @RequestParam(required = false) @Nullable String author,
            @RequestParam(required = false) @Nullable List<String> status,
            @RequestParam(required = false) @Nullable Integer limit,
            @RequestParam(required = false) @Nullable String cursor,
            @Nullable Authentication session) {
        int most = Page.limit(limit);
        var filter = new ArticleFilter(
                category,
                tag,
                author,
                StatusFilter.of(status, session != null),
                cursor == null ? null : Cursor.parse(cursor));
        return articles.list(filter, most).collectList().map(found -> page(found, most));
    }

    private Page<ArticleResponse> page(List<ListedArticle> found, int limit) {
        List<ListedArticle> shown = found.subList(0, Math.min(found.size(), limit));
        String next = found.size() > limit ? Cursor.of(shown.get(limit - 1)).toString() : null;
        return new Page<>(
                shown.stream()
                        .map(article -> ArticleResponse.of(article, hits.of(article.id())))
                        .toList(),
                next);
    }

    /** A view is made beside the answer, which never waits for it; a 304 is a view too. */
    private Mono<ResponseEntity<ArticleResponse>> toReader(
            Mono<Article> asked, String name, boolean view, ServerWebExchange exchange) {
        return asked.switchIfEmpty(Mono.error(() -> Refused.unknown(name)))
                .doOnNext(article -> {
                    if (view) {
                        views.seen(article.id(), article.version(), Channel.API, exchange.getRequest());
                    }
                })
                .map(article -> shown(article, exchange, ArticleResponse::toReader));
    }

    private Mono<ResponseEntity<ArticleResponse>> toStaff(
            Mono<Article> asked, String name, ServerWebExchange exchange) {
        return asked.switchIfEmpty(Mono.error(() -> Refused.unknown(name)))
                .publishOn(Schedulers.boundedElastic()) // a long body takes its time until it is safe
                .map(article -> shown(article, exchange, ArticleResponse::toStaff));
    }

    private ResponseEntity<ArticleResponse> shown(
            Article article, ServerWebExchange exchange, BiFunction<Article, Hits.Total, ArticleResponse> response) {
        String eTag = Long.toString(article.version());
        if (exchange.checkNotModified("\"" + eTag + "\"")) {
            return ResponseEntity.status(HttpStatus.NOT_MODIFIED).eTag(eTag).build();
        }
        return ResponseEntity.ok()
                .eTag(eTag)
                .header(HttpHeaders.CACHE_CONTROL, "no-cache")
                .header(HttpHeaders.VARY, HttpHeaders.AUTHORIZATION, HttpHeaders.COOKIE)
                .body(response.apply(article, hits.of(article.id())));
    }
}
