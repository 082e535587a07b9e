package broadsheet.store;

import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;
import reactor.core.Disposable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/**
 * Work in the background from the service's start to its stop, one run at a time; a run that fails is tried next time. One
 * that hangs would be the last, so it counts as failed after ten minutes.
 */
public abstract class PeriodicWork implements SmartLifecycle {

    private static final Duration LONGEST = Duration.ofMinutes(10);

    private final Duration first;
    private final Duration every;
    private volatile @Nullable Disposable running;

    protected PeriodicWork(Duration first, Duration every) {
        this.first = first;
        this.every = every;
    }

    protected abstract Mono<Void> run();

    @Override
    public final void start() {
        running = Flux.interval(first, every)
                .onBackpressureDrop()
                .concatMap(
                        time -> Mono.defer(this::run).timeout(LONGEST).onErrorResume(e -> {
                            LoggerFactory.getLogger(getClass()).warn("Failed, and is tried later: {}", e.toString());
                            return Mono.empty();
                        }),
                        0)
                .subscribe();
    }

    @Override
    public void stop() {
        if (running != null) {
            running.dispose();
            running = null;
        }
    }

    @Override
    public final boolean isRunning() {
        return running != null;
    }
}
