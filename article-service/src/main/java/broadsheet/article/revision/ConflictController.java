package broadsheet.article.revision;

import broadsheet.article.content.Content;
import broadsheet.article.editing.EditorialWorkflow;
import broadsheet.article.store.ConflictingTexts;
import broadsheet.article.store.ConflictingTexts.ConflictingText;
import broadsheet.article.workflow.StaffMember;
import broadsheet.web.paging.Page;
import broadsheet.web.problem.ProblemException;
import java.time.Instant;
import org.springframework.http.HttpStatus;
import org.springframework.security.core.Authentication;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;

/** Texts that were not saved because another had been saved meanwhile; whoever wrote them takes over from them what is missing. */
@RestController
@RequestMapping("/api/articles/{id}/conflicts")
class ConflictController {

    private final ConflictingTexts conflicts;
    private final EditorialWorkflow workflow;

    ConflictController(ConflictingTexts conflicts, EditorialWorkflow workflow) {
        this.conflicts = conflicts;
        this.workflow = workflow;
    }

    /** Newest first, without what they say. */
    @GetMapping
    Mono<Page<ConflictSummary>> list(@PathVariable String id) {
        return workflow.known(id)
                .flatMap(article -> conflicts.of(id).map(ConflictSummary::of).collectList())
                .map(all -> new Page<>(all, null));
    }

    @GetMapping("/{conflict}")
    Mono<ConflictResponse> one(@PathVariable String id, @PathVariable String conflict) {
        return conflicts
                .byId(id, conflict)
                .switchIfEmpty(unknown(id, conflict))
                .publishOn(Schedulers.boundedElastic())
                .map(ConflictResponse::of);
    }

    /** For whoever wrote it, and editors: it is what somebody else's save was too fast for. */
    @DeleteMapping("/{conflict}")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    Mono<Void> remove(@PathVariable String id, @PathVariable String conflict, Authentication session) {
        return conflicts
                .byId(id, conflict)
                .doOnNext(text -> {
                    if (!text.by().equals(session.getName()) && !StaffMember.isEditor(session)) {
                        throw new ProblemException(
                                HttpStatus.FORBIDDEN, "Only an editor may remove a text of someone else");
                    }
                })
                .flatMap(text -> conflicts.remove(id, conflict))
                .filter(removed -> removed)
                .switchIfEmpty(unknown(id, conflict))
                .then();
    }

    private static <T> Mono<T> unknown(String id, String conflict) {
        return Mono.error(() -> new ProblemException(
                HttpStatus.NOT_FOUND, "Article " + id + " has no conflicting text '" + conflict + "'"));
    }

    /** @param version the article's when the text came */
    record ConflictSummary(String id, long version, String by, Instant at, String title) {

        static ConflictSummary of(ConflictingText text) {
            return new ConflictSummary(
                    text.id(),
                    text.version(),
                    text.by(),
                    text.at(),
                    text.content().title());
        }
    }

    record ConflictResponse(String id, long version, String by, Instant at, Content content) {

        static ConflictResponse of(ConflictingText text) {
            return new ConflictResponse(
                    text.id(),
                    text.version(),
                    text.by(),
                    text.at(),
                    text.content().safe());
        }
    }
}
