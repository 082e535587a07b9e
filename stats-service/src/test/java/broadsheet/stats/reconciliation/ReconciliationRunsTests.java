package broadsheet.stats.reconciliation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mockito.ArgumentMatchers.any;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.when;

import broadsheet.stats.reconciliation.Reconciliation.Findings;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;

class ReconciliationRunsTests {

    private final Reconciler reconciler = mock();
    private final Reconciliations reconciliations = mock();
    private final ReconciliationRuns runs =
            new ReconciliationRuns(reconciler, reconciliations, InstantSource.system(), new SimpleMeterRegistry());

    @Test
    void sumsThatCannotBeToldAreNoArticle() {
        var begun = Reconciliation.begun("one", Instant.EPOCH).with(new Findings(5, List.of(), 2));
        Reconciliation done = begun.finished(Optional.empty(), Instant.EPOCH);

        assertThat(done.settled()).isEqualTo(3);
        assertThat(done.sums()).isEqualTo("the sums could not be told");
    }

    @Test
    void oneGoesOnWhoseCallerGoesAwayWhileTheStoreIsSlow() {
        Sinks.One<Boolean> slow = Sinks.one();
        when(reconciliations.begin(any())).thenReturn(slow.asMono()).thenReturn(Mono.just(true));
        when(reconciliations.store(any())).thenReturn(Mono.empty());
        when(reconciliations.keepNewest(100)).thenReturn(Mono.empty());
        when(reconciler.complete(any())).thenReturn(Mono.error(new IllegalStateException("no store")));

        runs.begin("one").subscribe().dispose();
        assertThat(runs.begin("two").blockOptional()).as("beside it").isEmpty();
        slow.tryEmitValue(true).orThrow();
        assertThat(runs.begin("three").blockOptional()).as("after it").isPresent();
    }
}
