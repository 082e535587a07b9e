package broadsheet.article.editing;

import broadsheet.article.content.Slugs;
import broadsheet.article.hits.Hits;
import broadsheet.article.reading.ArticleResponse;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
import jakarta.validation.constraints.Size;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.http.ResponseEntity;
import org.springframework.security.core.Authentication;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;
import reactor.core.publisher.Mono;

/** Gives an article another slug, at once also where it is published: the one before leads to it for good. */
@RestController
@RequestMapping("/api/articles/{id}/slug")
class SlugController {

    private final EditorialWorkflow workflow;
    private final Hits hits;

    SlugController(EditorialWorkflow workflow, Hits hits) {
        this.workflow = workflow;
        this.hits = hits;
    }

    @PutMapping
    Mono<ResponseEntity<ArticleResponse>> rename(
            @PathVariable String id,
            @RequestHeader(name = HttpHeaders.IF_MATCH, required = false) @Nullable String ifMatch,
            @Valid @RequestBody SlugRequest request,
            Authentication session) {
        return workflow.rename(id, request.slug, ifMatch, session)
                .map(article -> ArticleResponse.changed(article, hits.of(id)));
    }

    record SlugRequest(
            @NotNull @Size(max = Slugs.MAX_LENGTH) @Pattern(regexp = Slugs.PATTERN, message = Slugs.RULE) String slug) {}
}
