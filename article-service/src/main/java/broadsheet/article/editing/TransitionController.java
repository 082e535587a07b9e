package broadsheet.article.editing;

import broadsheet.article.hits.Hits;
import broadsheet.article.reading.ArticleResponse;
import broadsheet.article.workflow.Transition;
import broadsheet.web.paging.Page;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Size;
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
import org.springframework.web.bind.annotation.RestController;
import reactor.core.publisher.Mono;

@RestController
@RequestMapping("/api/articles/{id}/transitions")
class TransitionController {

    private final EditorialWorkflow workflow;
    private final Hits hits;

    TransitionController(EditorialWorkflow workflow, Hits hits) {
        this.workflow = workflow;
        this.hits = hits;
    }

    @PostMapping
    Mono<ResponseEntity<ArticleResponse>> move(
            @PathVariable String id,
            @RequestHeader(name = HttpHeaders.IF_MATCH, required = false) @Nullable String ifMatch,
            @Valid @RequestBody Step step,
            Authentication session) {
        return workflow.move(id, step.action, step.note, ifMatch, session)
                .map(article -> ResponseEntity.ok()
                        .eTag(Long.toString(article.version()))
                        .body(ArticleResponse.toStaff(article, hits.of(id))));
    }

    @GetMapping
    Mono<Page<Transition>> history(@PathVariable String id) {
        return workflow.known(id).map(article -> new Page<>(article.history(), null));
    }

    record Step(
            @NotNull Transition.Action action,
            @Nullable @Size(max = 2_000) String note) {}
}
