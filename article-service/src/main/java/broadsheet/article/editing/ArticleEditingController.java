package broadsheet.article.editing;

import broadsheet.article.hits.Hits;
import broadsheet.article.reading.ArticleResponse;
import jakarta.validation.Valid;
import java.net.URI;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.http.ResponseEntity;
import org.springframework.security.core.Authentication;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;
import reactor.core.publisher.Mono;

/** Creates drafts and takes new versions of what an article says. */
@RestController
@RequestMapping("/api/articles")
class ArticleEditingController {

    private final EditorialWorkflow workflow;
    private final Hits hits;

    ArticleEditingController(EditorialWorkflow workflow, Hits hits) {
        this.workflow = workflow;
        this.hits = hits;
    }

    @PostMapping
    Mono<ResponseEntity<ArticleResponse>> draft(@Valid @RequestBody ArticleRequest request, Authentication session) {
        return workflow.draft(request, session)
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
        return workflow.rewrite(id, request, ifMatch, session)
                .map(article -> ArticleResponse.changed(article, hits.of(id)));
    }
}
