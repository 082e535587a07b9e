package broadsheet.stats.total;

import broadsheet.stats.imported.ImportedHits;
import broadsheet.stats.store.StatsCollections;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Mono;

/** The hits that readers are shown: those counted here, and those that were counted elsewhere before. */
@Component
public class ShownHits {

    private final ArticleTotals totals;
    private final ImportedHits imported;

    ShownHits(ArticleTotals totals, ImportedHits imported) {
        this.totals = totals;
        this.imported = imported;
    }

    /** By article; those without any are left out. */
    public Mono<Map<String, Long>> of(Collection<String> articleIds) {
        return Mono.zipDelayError(totals.hits(articleIds), imported.of(articleIds))
                .onErrorMap(StatsCollections::first)
                .map(found -> {
                    var sums = new HashMap<>(found.getT1());
                    found.getT2().forEach((article, hits) -> sums.merge(article, hits, Long::sum));
                    return Map.copyOf(sums);
                });
    }
}
