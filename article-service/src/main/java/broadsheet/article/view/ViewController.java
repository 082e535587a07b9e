package broadsheet.article.view;

import broadsheet.article.store.PublicArticles;
import broadsheet.article.workflow.ArticleProblems;
import broadsheet.web.problem.InvalidFieldException;
import org.jspecify.annotations.Nullable;
import org.springframework.http.ResponseEntity;
import org.springframework.http.server.reactive.ServerHttpRequest;
import org.springframework.security.core.Authentication;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import reactor.core.publisher.Mono;

@RestController
class ViewController {

    static final String PATH = "/api/articles/{id}/views";

    private final PublicArticles articles;
    private final ViewRecorder views;

    ViewController(PublicArticles articles, ViewRecorder views) {
        this.articles = articles;
        this.views = views;
    }

    /** 202 once the view cannot be lost any more; 204 for staff, whose own reading is not counted. */
    @PostMapping(PATH)
    Mono<ResponseEntity<Accepted>> view(
            @PathVariable String id,
            @RequestParam(required = false) @Nullable String referrer,
            @RequestParam(required = false) @Nullable String alert,
            @Nullable Authentication session,
            ServerHttpRequest request) {
        if (alert != null && !AlertIds.isOne(alert)) {
            throw new InvalidFieldException(
                    "alert", "must be 1 to " + AlertIds.MAX_LENGTH + " letters, digits, dots, hyphens or underscores");
        }
        return articles.byId(id)
                .switchIfEmpty(Mono.error(() -> ArticleProblems.unknown(id)))
                .flatMap(article -> session != null
                        ? Mono.just(ResponseEntity.noContent().build())
                        : views.recordReported(id, article.version(), referrer, alert, request)
                                .map(eventId -> ResponseEntity.accepted().body(new Accepted(eventId))));
    }

    record Accepted(String eventId) {}
}
