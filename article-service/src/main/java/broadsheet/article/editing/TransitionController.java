package broadsheet.article.editing;

import broadsheet.article.hits.Hits;
import broadsheet.article.reading.ArticleResponse;
import broadsheet.article.workflow.Article;
import broadsheet.article.workflow.Transition;
import broadsheet.web.access.ApiTokenCalls;
import broadsheet.web.audit.AuditEntry;
import broadsheet.web.paging.Page;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Size;
import java.time.Instant;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.http.ResponseEntity;
import org.springframework.security.core.Authentication;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import reactor.core.publisher.Mono;

/** Takes the steps that staff asks for, and tells those that an article took. */
@RestController
@RequestMapping("/api/articles/{id}/transitions")
class TransitionController {

    private final ArticleTransitions transitions;
    private final Hits hits;

    TransitionController(ArticleTransitions transitions, Hits hits) {
        this.transitions = transitions;
        this.hits = hits;
    }

    @PostMapping
    Mono<ResponseEntity<ArticleResponse>> take(
            @PathVariable String id,
            @RequestHeader(name = HttpHeaders.IF_MATCH, required = false) @Nullable String ifMatch,
            @Valid @RequestBody StepRequest request,
            Authentication session) {
        return transitions
                .take(id, new ArticleTransitions.Step(request.action, request.at, request.note), ifMatch, session)
                .doOnNext(article -> audit(article, request.action, session))
                .map(article -> ArticleResponse.changed(article, hits.of(id)));
    }

    private static void audit(Article article, Transition.Action action, Authentication by) {
        var entry = AuditEntry.of("article-" + action.name().toLowerCase(Locale.ROOT))
                .with("article", article.id())
                .with("version", article.version())
                .with("by", by.getName());
        ApiTokenCalls.tokenId(by).ifPresent(token -> entry.with("token", token));
        entry.log();
    }

    /** Oldest first; the cursor says behind how many of them the list goes on. */
    @GetMapping
    Mono<Page<Transition>> all(
            @PathVariable String id,
            @RequestParam(required = false) @Nullable Integer limit,
            @RequestParam(required = false) @Nullable String cursor) {
        int most = Page.limit(limit);
        long skipped = cursor == null ? 0 : Math.max(0, Page.number(cursor));
        return transitions
                .of(id)
                .skip(skipped)
                .take(most + 1L)
                .collectList()
                .map(found -> Page.of(found, most, step -> step, last -> skipped + most));
    }

    record StepRequest(
            @NotNull Transition.Action action,
            @Nullable Instant at,
            @Nullable @Size(max = 2_000) String note) {}
}
