package broadsheet.article.imports;

import com.github.f4b6a3.uuid.UuidCreator;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;
import org.springframework.stereotype.Component;
import reactor.core.Disposable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;
import reactor.core.scheduler.Schedulers;

/**
 * Runs the jobs that wait, one at a time on each instance, and goes on with those whose instance has ended: a run holds its
 * job for {@link #HELD_FOR} and says so again and again.
 */
@Component
class ImportRunner implements SmartLifecycle {

    private static final Logger log = LoggerFactory.getLogger(ImportRunner.class);
    private static final Duration LOOK_EVERY = Duration.ofSeconds(1);
    static final Duration HELD_FOR = Duration.ofSeconds(30);
    private static final Duration STOP_TIME_LIMIT = Duration.ofSeconds(5);

    private final ImportJobs jobs;
    private final ImportRun run;
    private final InstantSource clock;
    private final String holder = UuidCreator.getTimeOrderedEpoch().toString();
    private final Sinks.Many<Long> nudges = Sinks.many().multicast().directBestEffort();
    private @Nullable Disposable running;
    private volatile @Nullable String held;

    ImportRunner(ImportJobs jobs, ImportRun run, InstantSource clock) {
        this.jobs = jobs;
        this.run = run;
        this.clock = clock;
    }

    /** A job waits. */
    void nudge() {
        nudges.tryEmitNext(0L);
    }

    @Override
    public synchronized void start() {
        running = Flux.merge(Flux.interval(LOOK_EVERY), nudges.asFlux().publishOn(Schedulers.parallel()))
                .onBackpressureLatest()
                .concatMap(tick -> runAll(), 0)
                .subscribe();
    }

    private Mono<Void> runAll() {
        return runNext().expand(ran -> runNext()).then().onErrorResume(e -> {
            log.warn("An import goes on later: {}", e.toString());
            return Mono.empty();
        });
    }

    private Mono<ImportJob> runNext() {
        return Mono.defer(() -> {
                    Instant now = clock.instant();
                    return jobs.claim(holder, now, now.plus(HELD_FOR));
                })
                .flatMap(this::runOne);
    }

    private Mono<ImportJob> runOne(ImportJob job) {
        return Mono.defer(() -> {
                    held = job.id();
                    return run.run(job, holder);
                })
                .onErrorResume(
                        e -> jobs.release(job.id(), holder).onErrorComplete().then(Mono.error(e)))
                .doFinally(end -> held = null)
                .thenReturn(job);
    }

    @Override
    public synchronized void stop() {
        if (running != null) {
            String job = held;
            running.dispose();
            running = null;
            if (job != null) {
                jobs.release(job, holder)
                        .timeout(STOP_TIME_LIMIT)
                        .onErrorComplete()
                        .block();
            }
        }
    }

    @Override
    public synchronized boolean isRunning() {
        return running != null;
    }
}
