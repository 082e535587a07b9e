package broadsheet.stats.total;

import broadsheet.stats.HitCount;
import broadsheet.stats.article.Article;
import broadsheet.stats.article.Articles;
import broadsheet.stats.store.StatsCollections;
import broadsheet.web.cache.SharedResponses;
import broadsheet.web.problem.InvalidFieldException;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.stream.Collectors;
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
    private final InstantSource clock;

    HitsController(ShownHits shown, Articles articles, InstantSource clock) {
        this.shown = shown;
        this.articles = articles;
        this.clock = clock;
    }

    record HitsResponse(List<HitCount> items, Instant asOf) {}

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
        Instant asOf = clock.instant();
        return Mono.zipDelayError(
                        shown.of(asked),
                        articles.findPublic(asked, null).map(Article::articleId).collect(Collectors.toSet()))
                .onErrorMap(StatsCollections::first)
                .map(found -> asked.stream()
                        .filter(found.getT2()::contains)
                        .map(id -> new HitCount(id, found.getT1().getOrDefault(id, 0L)))
                        .toList())
                .map(items -> new HitsResponse(items, asOf));
    }
}
