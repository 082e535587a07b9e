package broadsheet.stats.reconciliation;

import broadsheet.stats.erased.ErasedArticles;
import broadsheet.stats.history.ArticleDays;
import broadsheet.stats.history.CountedDays;
import broadsheet.stats.position.PartitionPosition;
import broadsheet.stats.position.ServedPositions;
import broadsheet.stats.projection.SettledFences;
import broadsheet.stats.reconciliation.Reconciliation.Difference;
import broadsheet.stats.total.ArticleTotals;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Mono;

/**
 * Compares the hits and bots of one article, while others are counted.
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
    private final ArticleDays days;
    private final ErasedArticles erased;
    private final SettledFences fences;

    ArticleReconciler(
            ServedPositions positions,
            ArticleTotals totals,
            ArticleDays days,
            ErasedArticles erased,
            SettledFences fences) {
        this.positions = positions;
        this.totals = totals;
        this.days = days;
        this.erased = erased;
        this.fences = fences;
    }

    /**
     * The difference, or none; empty where the article was counted each time that it was read, or is erased and its total and
     * days are being moved.
     */
    Mono<Optional<Difference>> compare(String articleId) {
        return Mono.defer(() -> positions.generation())
                .flatMap(generation -> positions
                        .all()
                        .flatMap(before -> compare(articleId, before))
                        .filterWhen(compared -> positions.generation().map(generation::equals)))
                .repeatWhenEmpty(TRIES, tries -> tries.delayElements(PAUSE))
                .onErrorComplete(IllegalStateException.class); // repeatWhenEmpty's, once its tries are used up
    }

    private Mono<Optional<Difference>> compare(String articleId, Map<String, PartitionPosition> before) {
        return Mono.zip(
                        totals.fencedHits(articleId),
                        totals.fencedBots(articleId),
                        days.counted(List.of(articleId)).singleOrEmpty().defaultIfEmpty(CountedDays.none(articleId)))
                .filterWhen(read -> fences.areBefore(
                        before, List.of(read.getT1(), read.getT2(), read.getT3().hits())))
                .map(read -> Difference.of(read.getT1().sum(), read.getT2().sum(), read.getT3()))
                .filterWhen(compared -> compared.isNone() ? Mono.just(true) : isNamed(articleId))
                .map(compared -> compared.isNone() ? Optional.empty() : Optional.of(compared));
    }

    /** As far as any instance knows. */
    private Mono<Boolean> isNamed(String articleId) {
        return erased.read().then(Mono.fromSupplier(() -> !erased.isUnnamed(articleId)));
    }
}
