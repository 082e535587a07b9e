package broadsheet.stats.rollup;

import static org.mockito.ArgumentMatchers.any;
import static org.mockito.ArgumentMatchers.anyBoolean;
import static org.mockito.ArgumentMatchers.anyInt;
import static org.mockito.Mockito.mock;
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
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

class RollupJobTests {

    private Instant now = Instant.parse("2026-11-27T12:00:00Z");

    /** Else minutes and sketches are kept for as long as the generation. */
    @Test
    void aGenerationThatWasReplacedIsCompactedEveryTenMinutesUntilItIsDropped() {
        Generations generations = mock();
        when(generations.counted()).thenReturn(Flux.just(generation(2)));
        when(generations.retiredBefore(any())).thenReturn(Flux.just(generation(1)));
        ServedCollections served = mock();
        when(served.number(ArticleDays.COLLECTION)).thenReturn(Mono.just(2));
        DayRollups rollups = mock();
        when(rollups.refresh(anyInt(), any(), any())).thenReturn(Mono.empty());
        MonthRollups months = mock();
        when(months.refresh(anyInt(), any(), any(), any())).thenReturn(Mono.empty());
        StoredRollups stored = mock();
        when(stored.storeRun(anyInt(), any(), anyBoolean())).thenReturn(Mono.empty());
        DayCompaction compaction = mock();
        when(compaction.compact(anyInt())).thenReturn(Mono.empty());
        CountingLag lag = mock();
        when(lag.report()).thenReturn(Mono.just(new CountingLag.Report(0L, true, now)));
        var job = new RollupJob(generations, served, rollups, months, stored, compaction, lag, mock(), () -> now);

        job.run().block();
        job.run().block();
        verify(compaction, times(1)).compact(1);
        verify(compaction, times(1)).compact(2);

        now = now.plus(Duration.ofMinutes(10));
        job.run().block();
        verify(compaction, times(2)).compact(1);
    }

    private static Generation generation(int number) {
        return new Generation(
                number, List.of("1"), null, Set.of(ArticleDays.COLLECTION, SiteDays.COLLECTION), null, null);
    }
}
