package broadsheet.stats.reconciliation;

import broadsheet.stats.history.ArticleDays;
import broadsheet.stats.history.ArticleHours;
import broadsheet.stats.position.PartitionPosition;
import broadsheet.stats.position.ServedPositions;
import broadsheet.stats.projection.FencedHits;
import broadsheet.stats.reconciliation.Reconciliation.Difference;
import broadsheet.stats.store.StatsCollections;
import broadsheet.stats.total.ArticleTotals;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Mono;
import reactor.util.function.Tuple3;

/**
 * Compares the hits of one article, while others are counted.
 *
 * <p>A partition's position is stored after every projection has counted what lies before it. So where no document that was
 * read after the position has counted a record beyond it, all of them have counted exactly the records before it, and must
 * agree. Where one has, they are read again.
 */
@Component
class ArticleReconciler {

    private static final int TRIES = 50;
    private static final Duration PAUSE = Duration.ofMillis(100);

    private final ServedPositions positions;
    private final ArticleTotals totals;
    private final ArticleHours hours;
    private final ArticleDays days;

    ArticleReconciler(ServedPositions positions, ArticleTotals totals, ArticleHours hours, ArticleDays days) {
        this.positions = positions;
        this.totals = totals;
        this.hours = hours;
        this.days = days;
    }

    /** The difference, or none; empty where the article was counted each time that it was read. */
    Mono<Optional<Difference>> compare(String articleId) {
        return Mono.defer(positions::all)
                .flatMap(before -> compare(articleId, before))
                .repeatWhenEmpty(TRIES, tries -> tries.delayElements(PAUSE))
                .onErrorComplete(IllegalStateException.class); // repeatWhenEmpty's, once its tries are used up
    }

    private Mono<Optional<Difference>> compare(String articleId, Map<String, PartitionPosition> before) {
        return Mono.zipDelayError(totals.fencedHits(articleId), hours.fencedHits(articleId), days.fencedHits(articleId))
                .onErrorMap(StatsCollections::first)
                .filter(read -> read.getT1().isBefore(before)
                        && read.getT2().isBefore(before)
                        && read.getT3().isBefore(before))
                .map(read -> difference(articleId, read));
    }

    private static Optional<Difference> difference(String articleId, Tuple3<FencedHits, FencedHits, FencedHits> read) {
        long total = read.getT1().hits();
        long hourly = read.getT2().hits();
        long daily = read.getT3().hits();
        return total == hourly && hourly == daily
                ? Optional.empty()
                : Optional.of(new Difference(articleId, total, hourly, daily));
    }
}
