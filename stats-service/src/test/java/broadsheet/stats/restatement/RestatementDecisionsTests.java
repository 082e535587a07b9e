package broadsheet.stats.restatement;

import static broadsheet.stats.generation.ServedGenerations.TOTALS;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.mockito.ArgumentMatchers.any;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.never;
import static org.mockito.Mockito.verify;
import static org.mockito.Mockito.when;

import broadsheet.stats.generation.Generation;
import broadsheet.stats.generation.GenerationProperties;
import broadsheet.stats.generation.Restatement;
import broadsheet.stats.generation.Restatement.State;
import broadsheet.stats.generation.Restatement.Step;
import broadsheet.stats.generation.RestatementSteps;
import broadsheet.stats.generation.ServedGenerations;
import broadsheet.stats.generation.ServedNumbers;
import broadsheet.stats.projection.Projection;
import broadsheet.web.problem.ProblemException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** What is refused where several decide at the same time. */
class RestatementDecisionsTests {

    private final RestatementSteps steps = mock();
    private final ServedGenerations served = mock();
    private final Projection totals = mock();

    @Test
    void aReversalGivesWayToOneThatBeganInBetween() {
        Restatement one = restatement(2, State.SERVED);
        when(steps.all()).thenReturn(Flux.just(one));
        when(steps.underWay()).thenReturn(Flux.empty()).thenReturn(Flux.just(restatement(3, State.COUNTING)));
        when(served.number(TOTALS)).thenReturn(Mono.just(2));
        when(steps.reverse(one, "ops")).thenReturn(Mono.just(true));
        when(steps.keep(one, "ops")).thenReturn(Mono.just(true));

        assertThatThrownBy(() -> decisions().reverse("2", "ops").block())
                .isInstanceOf(ProblemException.class)
                .hasMessageContaining("Restatement 3 is counting");
        verify(steps).keep(one, "ops");
    }

    @Test
    void oneIsNotApprovedWhereANewerOneIsServed() {
        when(steps.all()).thenReturn(Flux.just(restatement(2, State.READY)));
        when(served.now()).thenReturn(Mono.just(new ServedNumbers(Map.of(TOTALS, 3), 3, 1)));

        assertThatThrownBy(() -> decisions().approve("2", "ops").block())
                .isInstanceOf(ProblemException.class)
                .hasMessageContaining("Restatement 3 is newer");
        verify(steps, never()).approve(any(), any());
    }

    private RestatementDecisions decisions() {
        when(totals.collection()).thenReturn(TOTALS);
        return new RestatementDecisions(
                steps,
                served,
                List.of(totals),
                new GenerationProperties(
                        Duration.ofSeconds(2), Duration.ofMinutes(1), Duration.ofDays(7), Duration.ofMinutes(10)),
                InstantSource.system());
    }

    private static Restatement restatement(int number, State state) {
        return new Restatement(
                new Generation(number, List.of("rules"), null, Set.of(TOTALS), null, null),
                List.of(new Step(state, Instant.now(), "ops")),
                null,
                Map.of(TOTALS, 1));
    }
}
