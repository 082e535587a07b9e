package broadsheet.stats.position;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mockito.ArgumentMatchers.any;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.when;

import broadsheet.stats.generation.ServedGenerations;
import broadsheet.stats.kafka.ViewsTopic;
import broadsheet.stats.kafka.ViewsTopic.Extent;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** Where views come all the time, a position is mostly beyond the end that was asked for before it. */
class CountingLagTests {

    private static final Instant NOW = Instant.parse("2026-11-28T12:00:00Z");

    private final ViewsTopic topic = mock();
    private final PartitionPositions positions = mock();
    private final ServedGenerations served = mock();
    private final SpooledViews spooled = mock();
    private final CountingLag lag = new CountingLag(
            new UncountedViews(topic, positions), spooled, served, InstantSource.fixed(NOW), mock(LagMetrics.class));

    @Test
    void whatIsCountedBeyondTheEndThatWasAskedForIsComplete() {
        counted(120);
        log(new Extent(0, 100, 1), new Extent(0, 130, 1));

        assertThat(lag.isComplete(1).block()).isTrue();
    }

    @Test
    void numbersThatHoldMoreThanWasAskedForAreComplete() {
        counted(120);
        log(new Extent(0, 100, 1), new Extent(0, 130, 1));

        assertThat(lag.report().block()).isEqualTo(new CountingLag.Report(0L, true, NOW));
    }

    @Test
    void whatIsCountedBeyondTheEndOfTheLogWasLost() {
        counted(120);
        log(new Extent(10, 100, 1), new Extent(10, 110, 2));

        assertThat(lag.progress(1).block()).isEqualTo(new CountingLag.Progress(0, 90));
    }

    /** As it is when it is asked for first, and from then on. */
    private void log(Extent first, Extent current) {
        when(topic.id()).thenReturn(Mono.just("topic"));
        when(topic.extents()).thenReturn(Mono.just(Map.of(0, first))).thenReturn(Mono.just(Map.of(0, current)));
    }

    private void counted(long next) {
        var position = new PartitionPosition("topic-0", new Place(1, next), NOW);
        when(positions.of(1)).thenReturn(positions);
        when(positions.find(any())).thenReturn(Flux.just(position));
        when(served.number(any())).thenReturn(Mono.just(1));
        when(spooled.areNone()).thenReturn(true);
    }
}
