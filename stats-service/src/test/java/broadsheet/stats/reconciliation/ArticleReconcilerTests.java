package broadsheet.stats.reconciliation;

import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.when;

import broadsheet.stats.erased.ErasedArticles;
import broadsheet.stats.generation.Generation;
import broadsheet.stats.history.ArticleDays;
import broadsheet.stats.kafka.ViewsTopic;
import broadsheet.stats.position.Place;
import broadsheet.stats.position.ServedPositions;
import broadsheet.stats.projection.FencedSum;
import broadsheet.stats.projection.SettledFences;
import broadsheet.stats.reconciliation.Reconciliation.Difference;
import broadsheet.stats.total.ArticleTotals;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Isolated;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.test.StepVerifier;

@Isolated("virtual time is that of the whole process")
class ArticleReconcilerTests {

    private final ArticleTotals totals = mock();
    private final ErasedArticles erased = mock();
    private final ViewsTopic topic = mock();

    @Test
    void ofAnArticleThatAnotherInstanceHasJustErasedNothingIsTold() {
        when(totals.fencedHits("a")).thenReturn(Mono.just(new FencedSum(5, Map.of())));
        var read = new AtomicBoolean();
        when(erased.read()).thenReturn(Mono.fromRunnable(() -> read.set(true)));
        when(erased.isUnnamed("a")).thenAnswer(asked -> read.get());

        compare().expectComplete().verify(Duration.ofSeconds(30));
    }

    /** A process was killed between a record's first write and its position, and the topic was made anew. */
    @Test
    void whatADeletedTopicHadIsCountedNoMore() {
        when(totals.fencedHits("a")).thenReturn(Mono.just(new FencedSum(0, Map.of("deleted-0", new Place(0, 7)))));

        when(topic.id()).thenReturn(Mono.just("anew"));
        compare().expectNext(Optional.empty()).expectComplete().verify(Duration.ofSeconds(30));

        when(topic.id()).thenReturn(Mono.just("deleted"));
        compare().expectComplete().verify(Duration.ofSeconds(30));

        when(topic.id()).thenReturn(Mono.error(new TimeoutException()));
        compare().expectComplete().verify(Duration.ofSeconds(30));
    }

    private StepVerifier.Step<Optional<Difference>> compare() {
        ServedPositions positions = mock();
        when(positions.generation()).thenReturn(Mono.just(Generation.FIRST));
        when(positions.all()).thenReturn(Mono.just(Map.of()));
        when(totals.fencedBots("a")).thenReturn(Mono.just(FencedSum.NOTHING));
        ArticleDays days = mock();
        when(days.counted(List.of("a"))).thenReturn(Flux.empty());
        var articles = new ArticleReconciler(positions, totals, days, erased, new SettledFences(topic));
        return StepVerifier.withVirtualTime(() -> articles.compare("a")).thenAwait(Duration.ofMinutes(1));
    }
}
