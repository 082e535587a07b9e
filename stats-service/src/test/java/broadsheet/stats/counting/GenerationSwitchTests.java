package broadsheet.stats.counting;

import static org.mockito.ArgumentMatchers.any;
import static org.mockito.ArgumentMatchers.anyInt;
import static org.mockito.ArgumentMatchers.eq;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.never;
import static org.mockito.Mockito.verify;
import static org.mockito.Mockito.when;

import broadsheet.stats.TestStatsProperties;
import broadsheet.stats.classification.ViewRules;
import broadsheet.stats.deadletter.UnreadableRecords;
import broadsheet.stats.generation.Generation;
import broadsheet.stats.generation.GenerationProperties;
import broadsheet.stats.generation.Generations;
import broadsheet.stats.generation.Restatement;
import broadsheet.stats.generation.Restatement.State;
import broadsheet.stats.generation.Restatement.Step;
import broadsheet.stats.generation.RestatementSteps;
import broadsheet.stats.generation.ServedGenerations;
import broadsheet.stats.generation.ServedNumbers;
import broadsheet.stats.position.CountingLag;
import broadsheet.stats.position.PartitionPositions;
import broadsheet.stats.total.ArticleTotals;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** What one instance does to generations while others reverse or keep a restatement. */
class GenerationSwitchTests {

    private static final String TOTALS = ArticleTotals.COLLECTION;
    private static final Generation FIRST = generation(1);
    private static final Generation SECOND = generation(2);

    private final Generations generations = mock();
    private final RestatementSteps steps = mock();
    private final ServedGenerations served = mock();
    private final CountingLag lag = mock();
    private final ArticleTotals totals = mock();
    private final PartitionPositions positions = mock();
    private final UnreadableRecords unreadable = mock();
    private final GenerationSwitch generationSwitch = new GenerationSwitch(
            TestStatsProperties.defaults(),
            generations,
            steps,
            served,
            new ReplacedGenerations(
                    new GenerationProperties(
                            Duration.ofSeconds(2), Duration.ofMinutes(1), Duration.ofDays(7), Duration.ofMinutes(10)),
                    generations,
                    served,
                    lag,
                    totals,
                    positions,
                    unreadable,
                    InstantSource.system()),
            lag,
            totals);

    @BeforeEach
    void everythingIsCounted() {
        when(lag.isComplete(anyInt())).thenReturn(Mono.just(true));
        when(totals.addMissing(anyInt(), anyInt())).thenReturn(Mono.empty());
        when(totals.sendAgain(anyInt())).thenReturn(Mono.empty());
        when(generations.countAgain(anyInt())).thenReturn(Mono.empty());
        when(generations.retire(any())).thenReturn(Mono.empty());
        when(generations.drop(any(), any(String[].class))).thenReturn(Mono.empty());
        when(generations.retiredBefore(any())).thenReturn(Flux.empty());
        when(unreadable.of(anyInt())).thenReturn(unreadable);
        when(unreadable.remove()).thenReturn(Mono.empty());
        when(positions.of(anyInt())).thenReturn(positions);
        when(positions.collection()).thenReturn("stats_positions");
        when(served.number(any())).thenReturn(Mono.just(2));
        when(served.serveAgain(any(), any())).thenReturn(Mono.empty());
        when(served.all()).thenReturn(Mono.just(serving(2))); // as of a second before
    }

    @Test
    void whatIsServedAgainSinceTheLastLookIsNotRetired() {
        restatementIs(State.REVERSED);
        when(served.now()).thenReturn(Mono.just(serving(1)));

        advance();

        verify(generations, never()).retire(FIRST);
        verify(generations).retire(SECOND);
    }

    @Test
    void whatIsServedAgainWhileItIsFoundToBeCompleteIsNotRetired() {
        restatementIs(State.SERVED);
        when(served.now()).thenReturn(Mono.just(serving(2))).thenReturn(Mono.just(serving(1)));

        advance();

        verify(generations, never()).retire(any());
    }

    @Test
    void whatIsServedIsCountedAgainAndNotDroppedThoughItIsRetired() {
        restatementIs(State.REVERSED);
        when(served.now()).thenReturn(Mono.just(serving(1)));
        when(generations.retiredBefore(any())).thenReturn(Flux.just(FIRST));

        advance();

        verify(generations).countAgain(1);
        verify(generations, never()).drop(any(), any(String[].class));
    }

    @Test
    void whatWasReplacedIsRetiredAndDropped() {
        restatementIs(State.SERVED);
        when(served.now()).thenReturn(Mono.just(serving(2)));
        when(generations.retiredBefore(any())).thenReturn(Flux.empty()).thenReturn(Flux.just(FIRST));

        advance();

        verify(generations).retire(FIRST);
        verify(generations).drop(eq(FIRST), any(String[].class));
    }

    @Test
    void oneThatIsKeptAsItsReversalCompletesStaysServed() {
        restatementIs(State.REVERSING);
        when(served.now()).thenReturn(Mono.just(serving(2)));
        when(steps.reversed(any())).thenReturn(Mono.just(false)); // it is served again by its state

        advance();

        verify(served, never()).serveAgain(any(), any());
    }

    @Test
    void aReversalGoesOnWhereAnInstanceWasKilledAfterTheStep() {
        restatementIs(State.REVERSED);
        when(served.now()).thenReturn(Mono.just(serving(2)));

        advance();

        verify(served).serveAgain(Map.of(TOTALS, 1), SECOND);
        verify(generations, never()).retire(any());
    }

    @Test
    void oneThatAnotherSwitchOvertookIsNotCalledServed() {
        restatementIs(State.APPROVED);
        when(served.now()).thenReturn(Mono.just(serving(1)));
        when(steps.replaces(any(), any())).thenReturn(Mono.just(true));
        when(served.serve(SECOND)).thenReturn(Mono.just(false));

        advance();

        verify(steps, never()).served(any());
    }

    @Test
    void oneThatIsServedAlreadyKeepsWhatItReplaced() {
        restatementIs(State.APPROVED);
        when(served.now()).thenReturn(Mono.just(serving(2)));
        when(steps.served(any())).thenReturn(Mono.just(true));

        advance();

        verify(steps, never()).replaces(any(), any());
        verify(steps).served(any());
    }

    private void advance() {
        generationSwitch.advance(List.of(FIRST, SECOND)).block();
    }

    private void restatementIs(State state) {
        var step = new Step(state, Instant.EPOCH, null);
        when(steps.all()).thenReturn(Flux.just(new Restatement(SECOND, List.of(step), null, Map.of(TOTALS, 1))));
    }

    private static ServedNumbers serving(int number) {
        return new ServedNumbers(Map.of(TOTALS, number), 3, 0);
    }

    private static Generation generation(int number) {
        String rules = ViewRules.current(TestStatsProperties.defaults()).version();
        return new Generation(number, List.of(rules), null, Set.of(TOTALS), null, null);
    }
}
