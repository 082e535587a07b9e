package broadsheet.stats.erasure;

import broadsheet.stats.article.ArticleProblems;
import broadsheet.stats.article.Articles;
import broadsheet.stats.erased.ErasedArticles;
import broadsheet.stats.history.ArticleDays;
import broadsheet.stats.imported.ImportedHits;
import broadsheet.stats.total.ArticleTotals;
import broadsheet.web.audit.AuditEntry;
import broadsheet.web.cache.SharedHttpCache;
import broadsheet.web.paging.Page;
import broadsheet.web.problem.ProblemException;
import java.net.URI;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.security.core.Authentication;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.util.UriUtils;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** Erases the numbers of an article for good, and tells which are. */
@RestController
class ErasureController {

    private static final String PATH = "/api/stats/erasures";

    private final Erasures erasures;
    private final Articles articles;
    private final ArticleTotals totals;
    private final ArticleDays days;
    private final ImportedHits imported;
    private final SharedHttpCache answers;

    ErasureController(
            Erasures erasures,
            Articles articles,
            ArticleTotals totals,
            ArticleDays days,
            ImportedHits imported,
            SharedHttpCache answers) {
        this.erasures = erasures;
        this.articles = articles;
        this.totals = totals;
        this.days = days;
        this.imported = imported;
        this.answers = answers;
    }

    /**
     * 202, at once and each time: no call tells the article's numbers any more, and what is stored of them goes within some
     * minutes. 409 while readers may see the article, 404 where nothing is known of it.
     */
    @DeleteMapping("/api/stats/articles/{id}")
    Mono<ResponseEntity<Erasure>> erase(@PathVariable String id, Authentication operator) {
        return erasures.find(id)
                .switchIfEmpty(Mono.defer(() -> checkErasable(id)
                        .then(Mono.defer(() -> erasures.request(id, operator.getName())))
                        .doOnNext(one -> {
                            answers.drop("articles");
                            AuditEntry.of("article-erased")
                                    .with("by", operator.getName())
                                    .with("article", id)
                                    .log();
                        })
                        .switchIfEmpty(Mono.defer(() -> erasures.find(id)))))
                .map(one -> ResponseEntity.accepted()
                        .location(URI.create(PATH + "/" + UriUtils.encodePathSegment(id, "UTF-8")))
                        .body(one));
    }

    private Mono<Void> checkErasable(String id) {
        Mono<Boolean> isPublic = articles.findPublic(List.of(id), null).hasElements();
        return isPublic.flatMap(visible -> visible
                ? Mono.error(() -> new ProblemException(
                        HttpStatus.CONFLICT, "Readers may still see article " + id + ": withdraw it first"))
                : isKnown(id));
    }

    private Mono<Void> isKnown(String id) {
        return ErasedArticles.TOGETHER.equals(id)
                ? Mono.error(() -> ArticleProblems.unknown(id))
                : Flux.concat(
                                articles.find(id).hasElement(),
                                totals.hits(List.of(id)).map(hits -> !hits.isEmpty()),
                                days.has(id),
                                imported.of(id).map(hits -> hits > 0))
                        .any(known -> known)
                        .filter(known -> known)
                        .switchIfEmpty(Mono.error(() -> ArticleProblems.unknown(id)))
                        .then();
    }

    @GetMapping(PATH)
    Mono<Page<Erasure>> list(
            @RequestParam(required = false) @Nullable Integer limit,
            @RequestParam(required = false) @Nullable String cursor) {
        int max = Page.limit(limit);
        ErasureCursor after = cursor == null ? null : ErasureCursor.parse(cursor);
        return erasures.newest(after, max + 1)
                .collectList()
                .map(found -> Page.of(found, max, one -> one, ErasureCursor::of));
    }

    @GetMapping(PATH + "/{id}")
    Mono<Erasure> find(@PathVariable String id) {
        return erasures.find(id)
                .switchIfEmpty(Mono.error(() ->
                        new ProblemException(HttpStatus.NOT_FOUND, "No erasure of an article " + id + " is known")));
    }
}
