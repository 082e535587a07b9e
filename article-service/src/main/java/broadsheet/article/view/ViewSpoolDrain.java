package broadsheet.article.view;

import broadsheet.events.Envelope;
import java.time.Duration;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.context.SmartLifecycle;
import org.springframework.stereotype.Component;
import reactor.core.Disposable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;

/** Brings spooled views to Kafka once it takes them again, oldest first. */
@Component
class ViewSpoolDrain implements SmartLifecycle {

    private static final Duration EVERY = Duration.ofSeconds(1);
    private static final int VIEWS_AT_ONCE = 1_000;

    private final ViewSpool spool;
    private final ViewSender sender;
    private @Nullable Disposable work;

    ViewSpoolDrain(ViewSpool spool, ViewSender sender) {
        this.spool = spool;
        this.sender = sender;
    }

    @Override
    public synchronized void start() {
        work = Flux.interval(EVERY)
                .onBackpressureDrop()
                .concatMap(tick -> drain().onErrorComplete(), 0)
                .subscribe();
    }

    @Override
    public synchronized void stop() {
        if (work != null) {
            work.dispose();
            work = null;
        }
    }

    @Override
    public synchronized boolean isRunning() {
        return work != null;
    }

    private Mono<Void> drain() {
        return Mono.fromCallable(() -> spool.oldest(VIEWS_AT_ONCE))
                .subscribeOn(Schedulers.boundedElastic())
                .flatMap(this::deliver)
                .repeat(() -> !spool.isEmpty())
                .then(Mono.fromRunnable(sender::isBack));
    }

    private Mono<Void> deliver(Map<Long, Envelope<?>> views) {
        return Flux.fromIterable(views.values())
                .flatMap(sender::viaKafka, VIEWS_AT_ONCE)
                .then(spool.remove(views.keySet()));
    }
}
