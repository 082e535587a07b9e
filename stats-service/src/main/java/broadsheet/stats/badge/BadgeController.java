package broadsheet.stats.badge;

import broadsheet.stats.article.ArticleProblems;
import broadsheet.stats.article.Articles;
import broadsheet.stats.total.ShownHits;
import broadsheet.web.cache.SharedResponses;
import broadsheet.web.problem.InvalidFieldException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.server.ServerWebExchange;
import reactor.core.publisher.Mono;

/** The hits of an article that readers may see now, as an image for anyone's page. */
@RestController
class BadgeController {

    private static final MediaType SVG = new MediaType("image", "svg+xml", StandardCharsets.UTF_8);

    private final Articles articles;
    private final ShownHits shown;

    BadgeController(Articles articles, ShownHits shown) {
        this.articles = articles;
        this.shown = shown;
    }

    /**
     * From the shared cache, a second old at most and refreshed while it is served. It runs nothing and loads nothing
     * (Content-Security-Policy), also where it is opened by itself.
     *
     * @param label what stands before the number, such as 阅读
     */
    @GetMapping("/api/stats/articles/{id}/badge.svg")
    Mono<ResponseEntity<byte[]>> badge(
            @PathVariable String id,
            @RequestParam(defaultValue = Badge.LABEL) String label,
            ServerWebExchange exchange) {
        if (!Badge.isLabel(label)) {
            throw new InvalidFieldException(
                    "label", "must be 1 to " + Badge.MAX_LABEL + " characters, none of them invisible");
        }
        return articles.findPublic(List.of(id), null)
                .next()
                .switchIfEmpty(Mono.error(() -> ArticleProblems.unknown(id)))
                .then(shown.of(List.of(id)))
                .map(hits -> new Badge(label, hits.getOrDefault(id, 0L)))
                .doOnNext(badge -> SharedResponses.share(exchange, "articles"))
                .map(badge -> ResponseEntity.ok()
                        .contentType(SVG)
                        .header("Content-Security-Policy", "default-src 'none'")
                        .header("Cross-Origin-Resource-Policy", "cross-origin")
                        .body(badge.svg().getBytes(StandardCharsets.UTF_8)));
    }
}
