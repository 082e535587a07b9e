package broadsheet.stats.restatement;

import broadsheet.stats.article.Article;
import broadsheet.stats.article.Articles;
import broadsheet.stats.generation.Restatement;
import broadsheet.stats.generation.Restatement.Changes;
import broadsheet.stats.generation.Restatement.State;
import broadsheet.stats.generation.RestatementChanges;
import broadsheet.stats.generation.RestatementChanges.Change;
import broadsheet.web.paging.Page;
import broadsheet.web.problem.ProblemException;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import reactor.core.publisher.Mono;

/** What a restatement changes, article by article, before anything changes. */
@RestController
class DifferenceController {

    private final RestatementDecisions restatements;
    private final RestatementChanges changes;
    private final Articles articles;

    DifferenceController(RestatementDecisions restatements, RestatementChanges changes, Articles articles) {
        this.restatements = restatements;
        this.changes = changes;
        this.articles = articles;
    }

    /** @param title null where no event about the article has arrived yet */
    record ArticleDifference(String articleId, @Nullable String title, long hitsBefore, long hitsAfter, long change) {}

    /**
     * The articles that have other hits, the largest change first.
     *
     * @param asOf when both counts were compared
     */
    record DifferenceResponse(
            List<ArticleDifference> items, @Nullable String nextCursor, Changes totals, Instant asOf) {}

    @GetMapping(RestatementController.PATH + "/{id}/difference")
    Mono<DifferenceResponse> difference(
            @PathVariable String id,
            @RequestParam(required = false) @Nullable Integer limit,
            @RequestParam(required = false) @Nullable String cursor) {
        int shown = Page.limit(limit);
        Change after = cursor == null ? null : ChangeCursor.parse(cursor);
        return restatements
                .find(id)
                .flatMap(one -> changes.largest(one.number(), after, shown + 1)
                        .collectList()
                        .zipWhen(this::titles, (found, titles) -> response(one, found, titles, shown)));
    }

    private Mono<Map<String, String>> titles(List<Change> found) {
        return articles.findAll(found.stream().map(Change::articleId).toList())
                .collect(Collectors.toMap(Article::articleId, Article::title));
    }

    private static DifferenceResponse response(
            Restatement one, List<Change> found, Map<String, String> titles, int limit) {
        Changes totals = one.changes();
        Instant asOf = one.at(State.READY);
        if (totals == null || asOf == null) {
            throw new ProblemException(
                    HttpStatus.CONFLICT,
                    "Restatement " + one.number() + " has not caught up, so nothing is compared yet");
        }
        var page = Page.of(
                found,
                limit,
                change -> new ArticleDifference(
                        change.articleId(),
                        titles.get(change.articleId()),
                        change.before(),
                        change.after(),
                        change.after() - change.before()),
                ChangeCursor::of);
        return new DifferenceResponse(page.items(), page.nextCursor(), totals, asOf);
    }
}
