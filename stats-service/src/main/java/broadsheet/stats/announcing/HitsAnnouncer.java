package broadsheet.stats.announcing;

import broadsheet.stats.StatsProperties;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;
import org.springframework.stereotype.Component;
import reactor.core.Disposable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;

/**
 * Announces the totals that changed, each article at most once per interval however many views it has. That a total is
 * not announced yet is written with the total, so a sweep finds what a crash, a broker that was away or a race with
 * another instance left.
 */
@Component
public class HitsAnnouncer implements SmartLifecycle {

    private static final Logger log = LoggerFactory.getLogger(HitsAnnouncer.class);
    private static final int AT_ONCE = 500;
    private static final int REMEMBERED = 10_000; // beyond that the sweep finds them
    private static final Duration TIME_LIMIT = Duration.ofSeconds(40);

    private final StatsProperties properties;
    private final UnannouncedTotals totals;
    private final HitsTopic topic;
    private final Set<String> touched = ConcurrentHashMap.newKeySet();
    private volatile @Nullable Disposable running;

    HitsAnnouncer(StatsProperties properties, UnannouncedTotals totals, HitsTopic topic) {
        this.properties = properties;
        this.totals = totals;
        this.topic = topic;
    }

    /** The totals of these articles have changed. */
    public void touched(Collection<String> articleIds) {
        if (touched.size() < REMEMBERED) {
            touched.addAll(articleIds);
        }
    }

    @Override
    public void start() {
        Flux<Mono<Void>> soon =
                Flux.interval(properties.announceEvery()).onBackpressureDrop().map(tick -> announceTouched());
        Flux<Mono<Void>> sweeps = Flux.interval(Duration.ZERO, properties.sweepEvery())
                .onBackpressureDrop()
                .map(tick -> sweep());
        running = Flux.merge(soon.onBackpressureDrop(), sweeps.onBackpressureLatest())
                .publishOn(Schedulers.boundedElastic(), 1) // the producer blocks its caller where metadata is missing
                .concatMap(
                        work -> work.timeout(TIME_LIMIT).onErrorResume(e -> {
                            log.warn("Totals could not be announced, the next sweep will: {}", e.toString());
                            return Mono.empty();
                        }),
                        1)
                .subscribe();
    }

    private Mono<Void> announceTouched() {
        return Flux.defer(() -> {
                    List<String> taken = List.copyOf(touched);
                    taken.forEach(touched::remove);
                    return Flux.fromIterable(taken);
                })
                .buffer(AT_ONCE)
                .concatMap(ids -> totals.among(ids).collectList().flatMap(this::announce))
                .then();
    }

    private Mono<Void> sweep() {
        return totals.all().buffer(AT_ONCE).concatMap(this::announce).then();
    }

    private Mono<Void> announce(List<Total> changed) {
        return topic.announce(changed).then(totals.announced(changed));
    }

    @Override
    public void stop() {
        if (running != null) {
            running.dispose();
            running = null;
        }
    }

    @Override
    public boolean isRunning() {
        return running != null;
    }
}
