package broadsheet.stats.reconciliation;

import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.when;

import broadsheet.stats.erased.ErasedArticles;
import broadsheet.stats.generation.Generation;
import broadsheet.stats.history.ArticleDays;
import broadsheet.stats.position.ServedPositions;
import broadsheet.stats.projection.FencedSum;
import broadsheet.stats.total.ArticleTotals;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Isolated;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.test.StepVerifier;

@Isolated("virtual time is that of the whole process")
class ArticleReconcilerTests {

    @Test
    void ofAnArticleThatAnotherInstanceHasJustErasedNothingIsTold() {
        ServedPositions positions = mock();
        when(positions.generation()).thenReturn(Mono.just(Generation.FIRST));
        when(positions.all()).thenReturn(Mono.just(Map.of()));
        ArticleTotals totals = mock();
        when(totals.fencedHits("a")).thenReturn(Mono.just(new FencedSum(5, Map.of())));
        when(totals.fencedBots("a")).thenReturn(Mono.just(FencedSum.NOTHING));
        ArticleDays days = mock();
        when(days.counted(List.of("a"))).thenReturn(Flux.empty());
        ErasedArticles erased = mock();
        var read = new AtomicBoolean();
        when(erased.read()).thenReturn(Mono.fromRunnable(() -> read.set(true)));
        when(erased.isUnnamed("a")).thenAnswer(asked -> read.get());
        var articles = new ArticleReconciler(positions, totals, days, erased);

        StepVerifier.withVirtualTime(() -> articles.compare("a"))
                .thenAwait(Duration.ofMinutes(1))
                .expectComplete()
                .verify(Duration.ofSeconds(30));
    }
}
