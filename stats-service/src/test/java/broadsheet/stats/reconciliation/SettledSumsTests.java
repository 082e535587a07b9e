package broadsheet.stats.reconciliation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mockito.ArgumentMatchers.any;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.when;

import broadsheet.stats.classification.Classification;
import broadsheet.stats.generation.Generation;
import broadsheet.stats.history.ArticleDays;
import broadsheet.stats.history.ErasedDays;
import broadsheet.stats.ledger.LedgerHours;
import broadsheet.stats.position.CountingLag;
import broadsheet.stats.position.ServedPositions;
import broadsheet.stats.reconciliation.Reconciliation.HitsByProjection;
import broadsheet.stats.reconciliation.Reconciliation.Sums;
import broadsheet.stats.total.ArticleTotals;
import broadsheet.stats.total.ErasedTotals;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Isolated;
import reactor.core.publisher.Mono;
import reactor.test.StepVerifier;

/** Sums are told as they are while nothing changes. */
@Isolated("virtual time is that of the whole process")
class SettledSumsTests {

    private final ArticleTotals totals = mock();
    private final ArticleDays days = mock();
    private final LedgerHours ledger = mock();
    private final ErasedTotals erasedTotals = mock();
    private final ErasedDays erasedDays = mock();
    private final CountingLag lag = mock();
    private final ServedPositions positions = mock();
    private final SettledSums sums = new SettledSums(totals, days, ledger, erasedTotals, erasedDays, lag, positions);

    @BeforeEach
    void nothingIsCounted() {
        when(lag.report()).thenReturn(Mono.just(new CountingLag.Report(0L, true, Instant.EPOCH)));
        when(positions.all()).thenReturn(Mono.just(Map.of()));
        when(positions.generation()).thenReturn(Mono.just(Generation.FIRST));
        when(days.all(any())).thenReturn(Mono.just(0L));
        when(days.all(Classification.COUNTED)).thenReturn(Mono.just(5L));
        when(ledger.all(any())).thenReturn(Mono.just(0L));
        when(ledger.all(Classification.COUNTED)).thenReturn(Mono.just(5L));
        when(totals.allBots()).thenReturn(Mono.just(0L));
        when(erasedDays.moves(Generation.FIRST)).thenReturn(Mono.just(0L));
    }

    @Test
    void whatIsOnItsWayToAnotherDocumentIsWaitedFor() {
        var asked = new AtomicInteger();
        Mono<Boolean> arrived = Mono.fromSupplier(() -> asked.getAndIncrement() >= 3);
        when(erasedTotals.moves(Generation.FIRST))
                .thenReturn(arrived.filter(there -> there).map(there -> 1L));
        when(totals.allHits()).thenReturn(Mono.fromSupplier(() -> asked.get() > 3 ? 5L : 2L));

        assertFound(Optional.of(new HitsByProjection(5, 5, 5)));
    }

    @Test
    void whatWasMovedWhileItWasAddedUpIsAddedUpAgain() {
        var asked = new AtomicInteger();
        when(erasedTotals.moves(Generation.FIRST))
                .thenReturn(Mono.fromSupplier(() -> asked.getAndIncrement() == 0 ? 0L : 1L));
        when(totals.allHits()).thenReturn(Mono.fromSupplier(() -> asked.get() < 2 ? 2L : 5L));

        assertFound(Optional.of(new HitsByProjection(5, 5, 5)));
    }

    @Test
    void nothingIsToldOfWhatIsMovedWithoutAnEnd() {
        when(erasedTotals.moves(Generation.FIRST)).thenReturn(Mono.empty());
        when(totals.allHits()).thenReturn(Mono.just(2L));

        assertFound(Optional.empty());
    }

    @Test
    void aDifferenceThatStaysIsTold() {
        when(erasedTotals.moves(Generation.FIRST)).thenReturn(Mono.just(1L));
        when(totals.allHits()).thenReturn(Mono.just(2L));

        assertFound(Optional.of(new HitsByProjection(2, 5, 5)));
    }

    private void assertFound(Optional<HitsByProjection> hits) {
        StepVerifier.withVirtualTime(sums::find)
                .thenAwait(Duration.ofMinutes(2))
                .consumeNextWith(found -> assertThat(found.map(Sums::hits)).isEqualTo(hits))
                .expectComplete()
                .verify(Duration.ofSeconds(30));
    }
}
