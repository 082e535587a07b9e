package broadsheet.stats.rollup;

import static org.mockito.ArgumentMatchers.any;
import static org.mockito.ArgumentMatchers.anyBoolean;
import static org.mockito.ArgumentMatchers.anyInt;
import static org.mockito.ArgumentMatchers.eq;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.never;
import static org.mockito.Mockito.times;
import static org.mockito.Mockito.verify;
import static org.mockito.Mockito.when;

import broadsheet.stats.generation.Generation;
import broadsheet.stats.generation.Generations;
import broadsheet.stats.generation.ServedCollections;
import broadsheet.stats.history.ArticleDays;
import broadsheet.stats.history.DayCompaction;
import broadsheet.stats.history.SiteDays;
import broadsheet.stats.position.CountingLag;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

class RollupJobTests {

    private Instant now = Instant.parse("2026-11-27T12:00:00Z");

    private final Generations generations = mock();
    private final ServedCollections served = mock();
    private final DayRollups rollups = mock();
    private final MonthRollups months = mock();
    private final StoredRollups stored = mock();
    private final DayCompaction compaction = mock();
    private final CountingLag lag = mock();
    private final RollupJob job =
            new RollupJob(generations, served, rollups, months, stored, compaction, lag, mock(), () -> now);

    @BeforeEach
    void serveTheSecondGeneration() {
        when(generations.counted()).thenReturn(Flux.just(generation(2)));
        when(generations.retiredBefore(any())).thenReturn(Flux.just(generation(1)));
        when(served.number(ArticleDays.COLLECTION)).thenReturn(Mono.just(2));
        when(rollups.refresh(anyInt(), any(), any())).thenReturn(Mono.just(true));
        when(months.refresh(anyInt(), any(), any(), any())).thenReturn(Mono.empty());
        when(stored.storeRun(anyInt(), any(), anyBoolean())).thenReturn(Mono.empty());
        when(compaction.compact(anyInt())).thenReturn(Mono.empty());
        when(lag.report()).thenReturn(Mono.just(new CountingLag.Report(0L, true, now)));
    }

    /** Else minutes and sketches are kept for as long as the generation. */
    @Test
    void aGenerationThatWasReplacedIsCompactedEveryTenMinutesUntilItIsDropped() {
        job.run().block();
        job.run().block();
        verify(compaction, times(1)).compact(1);
        verify(compaction, times(1)).compact(2);

        now = now.plus(Duration.ofMinutes(10));
        job.run().block();
        verify(compaction, times(2)).compact(1);
    }

    @Test
    void daysThatWaitAreAddedUpWithoutARestBeforeAnyLosesDetail() {
        when(rollups.refresh(anyInt(), any(), any())).thenAnswer(asked -> {
            now = now.plusSeconds(5);
            return Mono.just(false);
        });

        job.run().block();
        job.run().block();
        verify(rollups, times(2)).refresh(eq(2), eq(Instant.EPOCH), any());
        verify(compaction, never()).compact(2);
        verify(stored, never()).storeRun(anyInt(), any(), anyBoolean());

        when(rollups.refresh(anyInt(), any(), any())).thenReturn(Mono.just(true));
        job.run().block();
        verify(compaction).compact(2);
        verify(stored).storeRun(eq(2), any(), eq(true));
    }

    private static Generation generation(int number) {
        return new Generation(
                number, List.of("1"), null, Set.of(ArticleDays.COLLECTION, SiteDays.COLLECTION), null, null);
    }
}
