package broadsheet.stats.total;

import broadsheet.web.problem.InvalidFieldException;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import reactor.core.publisher.Mono;

/** Hits of many articles at once, for anyone. */
@RestController
class HitsController {

    private static final int MOST_IDS = 100;
    private static final int LONGEST_ID = 100;

    private final Totals totals;
    private final InstantSource clock;

    HitsController(Totals totals, InstantSource clock) {
        this.totals = totals;
        this.clock = clock;
    }

    record ArticleHits(String articleId, long hits) {}

    record HitsResponse(List<ArticleHits> items, Instant asOf) {}

    /** In the order that was asked for; an article that nobody has opened, or nobody knows, has 0. */
    @GetMapping("/api/stats/hits")
    Mono<HitsResponse> hits(@RequestParam List<String> ids) {
        List<String> asked = ids.stream().distinct().toList();
        if (asked.isEmpty() || asked.size() > MOST_IDS) {
            throw new InvalidFieldException("ids", "must be 1 to " + MOST_IDS + " ids, separated by commas");
        }
        if (asked.stream().anyMatch(id -> id.isBlank() || id.length() > LONGEST_ID)) {
            throw new InvalidFieldException("ids", "must hold ids of 1 to " + LONGEST_ID + " characters");
        }
        Instant asOf = clock.instant();
        return totals.hits(asked)
                .map(hits -> asked.stream()
                        .map(id -> new ArticleHits(id, hits.getOrDefault(id, 0L)))
                        .toList())
                .map(items -> new HitsResponse(items, asOf));
    }
}
