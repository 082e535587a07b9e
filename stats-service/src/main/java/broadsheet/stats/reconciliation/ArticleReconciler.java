package broadsheet.stats.reconciliation;

import broadsheet.stats.history.ArticleDays;
import broadsheet.stats.history.ArticleHours;
import broadsheet.stats.history.BotsAndDoubleClicks;
import broadsheet.stats.history.ExpiredHours;
import broadsheet.stats.position.PartitionPosition;
import broadsheet.stats.position.ServedPositions;
import broadsheet.stats.projection.FencedSum;
import broadsheet.stats.reconciliation.Reconciliation.Difference;
import broadsheet.stats.total.ArticleTotals;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Flux;
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
    private final ArticleHours hours;
    private final ArticleDays days;
    private final ExpiredHours expired;
    private final BotsAndDoubleClicks noHits;

    ArticleReconciler(
            ServedPositions positions,
            ArticleTotals totals,
            ArticleHours hours,
            ArticleDays days,
            ExpiredHours expired,
            BotsAndDoubleClicks noHits) {
        this.positions = positions;
        this.totals = totals;
        this.hours = hours;
        this.days = days;
        this.expired = expired;
        this.noHits = noHits;
    }

    /**
     * The difference, or none; empty where the article was counted each time that it was read.
     *
     * @param withBots whether the hours' bots are to be those of the total
     */
    Mono<Optional<Difference>> compare(String articleId, boolean withBots) {
        return Mono.defer(() -> positions.generation())
                .flatMap(generation -> positions
                        .all()
                        .zipWith(expired.before())
                        .flatMap(read -> compare(articleId, withBots, read.getT1(), read.getT2())
                                .filterWhen(compared -> expired.before().map(read.getT2()::equals)))
                        .filterWhen(compared -> positions.generation().map(generation::equals)))
                .repeatWhenEmpty(TRIES, tries -> tries.delayElements(PAUSE))
                .onErrorComplete(IllegalStateException.class); // repeatWhenEmpty's, once its tries are used up
    }

    private Mono<Optional<Difference>> compare(
            String articleId, boolean withBots, Map<String, PartitionPosition> before, Instant expiredBefore) {
        return Flux.concat(
                        totals.fencedHits(articleId),
                        Mono.zip(
                                hours.fencedHits(articleId, expiredBefore),
                                days.fencedHitsBefore(expiredBefore, articleId),
                                FencedSum::and),
                        days.fencedHits(articleId),
                        withBots ? totals.fencedBots(articleId) : Mono.just(FencedSum.NOTHING),
                        withBots ? noHits.fencedBots(articleId) : Mono.just(FencedSum.NOTHING))
                .collectList()
                .filter(read -> read.stream().allMatch(sum -> sum.isBefore(before)))
                .map(read -> read.stream().map(FencedSum::sum).toList())
                .map(sums -> new Difference(articleId, sums.get(0), sums.get(1), sums.get(2), sums.get(3), sums.get(4)))
                .map(compared -> compared.isNone() ? Optional.empty() : Optional.of(compared));
    }
}
