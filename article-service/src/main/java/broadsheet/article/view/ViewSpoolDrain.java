package broadsheet.article.view;

import broadsheet.events.EncodedEvent;
import java.time.Duration;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.context.SmartLifecycle;
import org.springframework.stereotype.Component;
import reactor.core.Disposable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;

/** Sends spooled views to Kafka once it is back, oldest first, and removes them once acknowledged. */
@Component
class ViewSpoolDrain implements SmartLifecycle {

    private static final Duration INTERVAL = Duration.ofSeconds(1);
    private static final int VIEWS_PER_BATCH = 1_000;

    private final ViewSpool spool;
    private final ViewSender sender;
    private @Nullable Disposable work;

    ViewSpoolDrain(ViewSpool spool, ViewSender sender) {
        this.spool = spool;
        this.sender = sender;
    }

    @Override
    public synchronized void start() {
        work = Flux.interval(INTERVAL)
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
        return Mono.fromCallable(() -> spool.oldest(VIEWS_PER_BATCH))
                .subscribeOn(Schedulers.boundedElastic())
                .flatMap(this::send)
                .repeat(() -> !spool.isEmpty())
                .then(Mono.fromRunnable(sender::kafkaIsBack));
    }

    private Mono<Void> send(Map<Long, EncodedEvent> views) {
        return Flux.fromIterable(views.values())
                .flatMap(sender::sendToKafka, VIEWS_PER_BATCH)
                .then(spool.remove(views.keySet()));
    }
}
