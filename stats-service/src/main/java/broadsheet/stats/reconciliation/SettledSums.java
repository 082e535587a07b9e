package broadsheet.stats.reconciliation;

import broadsheet.stats.classification.Classification;
import broadsheet.stats.history.ArticleDays;
import broadsheet.stats.history.ErasedDays;
import broadsheet.stats.ledger.LedgerHours;
import broadsheet.stats.position.CountingLag;
import broadsheet.stats.position.ServedPositions;
import broadsheet.stats.reconciliation.Reconciliation.BotsByProjection;
import broadsheet.stats.reconciliation.Reconciliation.DoubleClicksByProjection;
import broadsheet.stats.reconciliation.Reconciliation.HitsByProjection;
import broadsheet.stats.reconciliation.Reconciliation.Sums;
import broadsheet.stats.store.StatsCollections;
import broadsheet.stats.total.ArticleTotals;
import broadsheet.stats.total.ErasedTotals;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Mono;

/** Adds up each projection while nothing is counted, and no counts of an erased article are on their way to another document. */
@Component
class SettledSums {

    private static final int TRIES = 30;
    private static final Duration PAUSE = Duration.ofSeconds(1);

    private final ArticleTotals totals;
    private final ArticleDays days;
    private final LedgerHours ledger;
    private final ErasedTotals erasedTotals;
    private final ErasedDays erasedDays;
    private final CountingLag lag;
    private final ServedPositions positions;

    SettledSums(
            ArticleTotals totals,
            ArticleDays days,
            LedgerHours ledger,
            ErasedTotals erasedTotals,
            ErasedDays erasedDays,
            CountingLag lag,
            ServedPositions positions) {
        this.totals = totals;
        this.days = days;
        this.ledger = ledger;
        this.erasedTotals = erasedTotals;
        this.erasedDays = erasedDays;
        this.lag = lag;
        this.positions = positions;
    }

    /**
     * Every view was counted before they were read, and no position has moved until they were read a second time, nor a count.
     * Empty where that does not come about.
     */
    Mono<Optional<Sums>> find() {
        return lag.report()
                .filter(CountingLag.Report::complete)
                .flatMap(complete -> moves())
                .flatMap(before ->
                        twice().filterWhen(sums -> moves().map(before::equals).defaultIfEmpty(false)))
                .repeatWhenEmpty(TRIES, tries -> tries.delayElements(PAUSE))
                .onErrorComplete(IllegalStateException.class) // repeatWhenEmpty's, once its tries are used up
                .singleOptional();
    }

    /** How often totals and days were moved, in which generation; empty while one is. */
    private Mono<List<Long>> moves() {
        return positions
                .generation()
                .flatMap(number -> erasedTotals
                        .moves(number)
                        .zipWhen(
                                total -> erasedDays.moves(number),
                                (ofTotals, ofDays) -> List.of(number.longValue(), ofTotals, ofDays)));
    }

    private Mono<Sums> twice() {
        return Mono.zipDelayError(positions.all(), once())
                .delayElement(PAUSE)
                .flatMap(first -> Mono.zipDelayError(positions.all(), once())
                        .filter(first::equals)
                        .map(second -> second.getT2()))
                .onErrorMap(StatsCollections::first);
    }

    private Mono<Sums> once() {
        Mono<HitsByProjection> hits = Mono.zipDelayError(
                        totals.allHits(),
                        sum(days::all, Classification.COUNTED, Classification.LATE),
                        sum(ledger::all, Classification.COUNTED, Classification.LATE))
                .map(sums -> new HitsByProjection(sums.getT1(), sums.getT2(), sums.getT3()));
        Mono<BotsByProjection> bots = Mono.zipDelayError(
                        totals.allBots(),
                        sum(days::all, Classification.BOT, Classification.AUTOMATED),
                        sum(ledger::all, Classification.BOT, Classification.AUTOMATED))
                .map(sums -> new BotsByProjection(sums.getT1(), sums.getT2(), sums.getT3()));
        Mono<DoubleClicksByProjection> doubleClicks = Mono.zipDelayError(
                        days.all(Classification.DOUBLE_CLICK), ledger.all(Classification.DOUBLE_CLICK))
                .map(sums -> new DoubleClicksByProjection(sums.getT1(), sums.getT2()));
        return Mono.zipDelayError(hits, bots, doubleClicks)
                .map(sums -> new Sums(sums.getT1(), sums.getT2(), sums.getT3()));
    }

    private static Mono<Long> sum(Function<Classification, Mono<Long>> all, Classification one, Classification other) {
        return Mono.zip(all.apply(one), all.apply(other), Long::sum);
    }
}
