package broadsheet.stats.total;

import broadsheet.stats.HitCount;
import broadsheet.stats.article.Article;
import broadsheet.stats.article.Articles;
import broadsheet.stats.position.CountingLag;
import broadsheet.stats.store.StatsCollections;
import broadsheet.web.cache.SharedResponses;
import broadsheet.web.problem.InvalidFieldException;
import java.time.Instant;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.server.ServerWebExchange;
import reactor.core.publisher.Mono;

/** Hits of many articles at once, for anyone; only of articles that readers may see now. */
@RestController
class HitsController {

    private static final int MAX_IDS = 100;
    private static final int MAX_ID_LENGTH = 100;

    private final ShownHits shown;
    private final Articles articles;
    private final CountingLag lag;

    HitsController(ShownHits shown, Articles articles, CountingLag lag) {
        this.shown = shown;
        this.articles = articles;
        this.lag = lag;
    }

    /**
     * The hits that were asked for.
     *
     * @param lagMillis age of the oldest view that may not be counted, at most; null while Kafka does not answer
     * @param complete whether every view that was acknowledged by then is counted
     */
    record HitsResponse(
            List<HitCount> items, Instant asOf, @Nullable Long lagMillis, boolean complete) {}

    /**
     * In the order of the ids; an article without hits has 0. Drafts and withdrawn articles are left out like articles
     * that do not exist, so that the answer does not tell them apart.
     */
    @GetMapping("/api/stats/hits")
    Mono<HitsResponse> hits(@RequestParam List<String> ids, ServerWebExchange exchange) {
        List<String> asked = ids.stream().distinct().toList();
        if (asked.isEmpty() || asked.size() > MAX_IDS) {
            throw new InvalidFieldException("ids", "must be 1 to " + MAX_IDS + " ids, separated by commas");
        }
        if (asked.stream().anyMatch(id -> id.isBlank() || id.length() > MAX_ID_LENGTH)) {
            throw new InvalidFieldException("ids", "must hold ids of 1 to " + MAX_ID_LENGTH + " characters");
        }
        SharedResponses.share(exchange, "articles");
        return lag.report() // first: what it calls complete is in the totals that are read after it
                .flatMap(report -> publicHits(asked)
                        .map(items -> new HitsResponse(items, report.asOf(), report.lagMillis(), report.complete())));
    }

    private Mono<List<HitCount>> publicHits(List<String> asked) {
        return Mono.zipDelayError(
                        shown.of(asked),
                        articles.findPublic(asked, null).map(Article::articleId).collect(Collectors.toSet()))
                .onErrorMap(StatsCollections::first)
                .map(found -> asked.stream()
                        .filter(found.getT2()::contains)
                        .map(id -> new HitCount(id, found.getT1().getOrDefault(id, 0L)))
                        .toList());
    }
}
