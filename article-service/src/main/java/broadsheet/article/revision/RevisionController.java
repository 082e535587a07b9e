package broadsheet.article.revision;

import broadsheet.article.content.Content;
import broadsheet.article.editing.EditorialWorkflow;
import broadsheet.article.hits.Hits;
import broadsheet.article.reading.ArticleResponse;
import broadsheet.article.store.Revision;
import broadsheet.article.store.Revisions;
import broadsheet.article.workflow.Article;
import broadsheet.web.paging.Page;
import broadsheet.web.problem.ProblemException;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.security.core.Authentication;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;

/** What an article said before: every save is a revision, with the version that the article had then as its number. */
@RestController
@RequestMapping("/api/articles/{id}/revisions")
class RevisionController {

    private final Revisions revisions;
    private final EditorialWorkflow workflow;
    private final Hits hits;

    RevisionController(Revisions revisions, EditorialWorkflow workflow, Hits hits) {
        this.revisions = revisions;
        this.workflow = workflow;
        this.hits = hits;
    }

    /** Newest first, without what they say. */
    @GetMapping
    Mono<Page<RevisionSummary>> list(
            @PathVariable String id,
            @RequestParam(required = false) @Nullable Integer limit,
            @RequestParam(required = false) @Nullable String cursor) {
        int most = Page.limit(limit);
        long before = cursor == null ? Long.MAX_VALUE : Page.number(cursor);
        return workflow.known(id)
                .flatMap(article -> revisions
                        .list(article, before, most)
                        .collectList()
                        .map(found -> Page.of(
                                found, most, revision -> RevisionSummary.of(revision, article), Revision::number)));
    }

    @GetMapping("/{number}")
    Mono<RevisionResponse> one(@PathVariable String id, @PathVariable long number) {
        return known(id, number)
                .publishOn(Schedulers.boundedElastic()) // a long body takes its time until it is safe
                .map(RevisionResponse::of);
    }

    /** How the revision differs from the one before it, or from any other: what that one has and this one has not is deleted. */
    @GetMapping("/{number}/difference")
    Mono<ContentDifference> difference(@PathVariable String id, @PathVariable long number, @RequestParam long from) {
        return Mono.zip(known(id, from), known(id, number))
                .publishOn(Schedulers.boundedElastic())
                .map(both -> ContentDifference.between(
                        both.getT1().content(), both.getT2().content()));
    }

    /** Makes what the revision says the newest content, as a new revision: of a published article, a correction. */
    @PostMapping("/{number}/restoration")
    Mono<ResponseEntity<ArticleResponse>> restore(
            @PathVariable String id,
            @PathVariable long number,
            @RequestHeader(name = HttpHeaders.IF_MATCH, required = false) @Nullable String ifMatch,
            Authentication session) {
        return known(id, number)
                .flatMap(revision -> workflow.restore(id, revision.content(), ifMatch, session))
                .map(article -> ArticleResponse.changed(article, hits.of(id)));
    }

    private Mono<Revision> known(String id, long number) {
        return workflow.known(id)
                .flatMap(article -> revisions.byNumber(article, number))
                .switchIfEmpty(Mono.error(() ->
                        new ProblemException(HttpStatus.NOT_FOUND, "Article " + id + " has no revision " + number)));
    }

    /** @param place whether it is the article's {@code content}, its {@code correction}, or an {@code earlier} one */
    record RevisionSummary(long number, String savedBy, Instant savedAt, String title, String place) {

        static RevisionSummary of(Revision revision, Article article) {
            return new RevisionSummary(
                    revision.number(),
                    revision.saved().username(),
                    revision.saved().at(),
                    revision.content().title(),
                    place(revision.number(), article));
        }

        private static String place(long number, Article article) {
            var correction = article.correction();
            if (correction != null && correction.saved().version() == number) {
                return "correction";
            }
            return article.saved().version() == number ? "content" : "earlier";
        }
    }

    record RevisionResponse(long number, String savedBy, Instant savedAt, Content content) {

        static RevisionResponse of(Revision revision) {
            return new RevisionResponse(
                    revision.number(),
                    revision.saved().username(),
                    revision.saved().at(),
                    revision.content().safe());
        }
    }
}
