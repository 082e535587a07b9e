package broadsheet.stats.total;

import broadsheet.stats.StatsProperties;
import broadsheet.stats.erased.ErasedArticles;
import broadsheet.stats.imported.ImportedHits;
import broadsheet.store.PeriodicWork;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/**
 * Sends the totals that changed to {@code news.hits}, each article at most once per interval however many views it has.
 * That a total is unsent is written with the total, so a sweep finds what a crash, an absent broker or a race with another
 * instance left unsent.
 */
@Component
public class HitsSender extends PeriodicWork {

    private static final Logger log = LoggerFactory.getLogger(HitsSender.class);
    private static final int BATCH_SIZE = 500;
    private static final int MAX_CHANGED = 10_000; // beyond that the sweep finds them
    private static final Duration TIME_LIMIT = Duration.ofSeconds(40);

    private final StatsProperties properties;
    private final UnsentTotals totals;
    private final HitsTopic topic;
    private final ReachedTotals reached;
    private final ImportedHits imported;
    private final ErasedArticles erased;
    private final Set<String> changedArticles = ConcurrentHashMap.newKeySet();
    private long nextSweep = System.nanoTime();

    HitsSender(
            StatsProperties properties,
            UnsentTotals totals,
            HitsTopic topic,
            ReachedTotals reached,
            ImportedHits imported,
            ErasedArticles erased) {
        super(properties.sendHitsEvery(), properties.sendHitsEvery());
        this.properties = properties;
        this.totals = totals;
        this.topic = topic;
        this.reached = reached;
        this.imported = imported;
        this.erased = erased;
    }

    /** Sends the totals of these articles soon. */
    public void totalsChanged(Collection<String> articleIds) {
        if (changedArticles.size() < MAX_CHANGED) {
            changedArticles.addAll(articleIds);
        }
    }

    @Override
    protected Mono<Void> run() {
        return (isSweepDue() ? sweep() : sendChanged()).timeout(TIME_LIMIT).onErrorResume(e -> {
            log.warn("Totals could not be sent, the next sweep sends them: {}", e.toString());
            return Mono.empty();
        });
    }

    private boolean isSweepDue() {
        long now = System.nanoTime();
        boolean due = nextSweep - now <= 0;
        if (due) {
            nextSweep = now + properties.sweepEvery().toNanos();
        }
        return due;
    }

    private Mono<Void> sendChanged() {
        return Flux.defer(() -> {
                    List<String> articleIds = List.copyOf(changedArticles);
                    articleIds.forEach(changedArticles::remove);
                    return Flux.fromIterable(articleIds);
                })
                .buffer(BATCH_SIZE)
                .concatMap(ids -> totals.among(ids).collectList().flatMap(this::send))
                .then();
    }

    private Mono<Void> sweep() {
        return totals.due().buffer(BATCH_SIZE).concatMap(this::send).then();
    }

    private Mono<Void> send(List<UnsentTotal> unsent) {
        List<UnsentTotal> named = unsent.stream()
                .filter(total -> !erased.isUnnamed(total.articleId()))
                .toList();
        return imported.of(named.stream().map(UnsentTotal::articleId).toList())
                .flatMap(more -> totals.noteImported(named, more)
                        .then(topic.send(named, more))
                        .then(reached.send(named, more)))
                .then(totals.markSent(unsent));
    }
}
