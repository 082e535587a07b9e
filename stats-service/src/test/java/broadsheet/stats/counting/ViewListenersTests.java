package broadsheet.stats.counting;

import static broadsheet.testservers.PatientAwait.await;
import static org.mockito.ArgumentMatchers.anyList;
import static org.mockito.Mockito.atLeast;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.verify;
import static org.mockito.Mockito.when;

import broadsheet.kafka.ListenerFactories;
import broadsheet.stats.TestStatsProperties;
import broadsheet.stats.generation.Generation;
import broadsheet.stats.generation.GenerationProperties;
import broadsheet.stats.generation.Generations;
import broadsheet.stats.generation.ServedGenerations;
import broadsheet.stats.generation.ServedNumbers;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

class ViewListenersTests {

    private final NewProjections newProjections = mock();
    private final Generations generations = mock();
    private final ServedGenerations served = mock();
    private final GenerationSwitch generationSwitch = mock();

    /** As where the connection to the store broke without a word. */
    @Test
    void aStoreThatNeverAnswersIsAskedAgain() {
        when(newProjections.begin()).thenReturn(Mono.never()).thenReturn(Mono.empty());
        when(generations.counted()).thenReturn(Flux.empty());
        when(served.all()).thenReturn(Mono.just(new ServedNumbers(Map.of(), Generation.FIRST, 0)));
        when(generationSwitch.advance(anyList())).thenReturn(Mono.empty());
        var listeners = new ViewListeners(
                TestStatsProperties.defaults(),
                new GenerationProperties(
                        Duration.ofMillis(10), Duration.ofMillis(50), Duration.ofDays(7), Duration.ofMinutes(10)),
                generations,
                served,
                newProjections,
                generationSwitch,
                mock(ViewCountings.class),
                mock(ListenerFactories.class));

        listeners.start();
        await().untilAsserted(() -> verify(newProjections, atLeast(2)).begin());
        listeners.stop();
    }
}
