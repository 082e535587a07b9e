package broadsheet.article.outbox;

import broadsheet.events.EventCodec;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;
import org.springframework.kafka.core.KafkaTemplate;
import org.springframework.stereotype.Component;
import reactor.core.Disposable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;
import reactor.core.scheduler.Schedulers;

/**
 * Brings the outboxes' events to Kafka: at least once, in order per article. A nudge after each write makes it quick,
 * a sweep each second finds what a crash or an absent Kafka left behind.
 */
@Component
public class OutboxRelay implements SmartLifecycle {

    private static final Logger log = LoggerFactory.getLogger(OutboxRelay.class);
    private static final Duration SWEEP = Duration.ofSeconds(1);
    private static final Duration TIME_LIMIT = Duration.ofSeconds(10);
    private static final int ARTICLES_A_SWEEP = 100;

    private final Outbox outbox;
    private final RelayLease lease;
    private final KafkaTemplate<String, byte[]> kafka;
    private final Sinks.Many<Long> nudges = Sinks.many().multicast().directBestEffort();
    private boolean failing;
    private @Nullable Disposable work;

    OutboxRelay(Outbox outbox, RelayLease lease, KafkaTemplate<String, byte[]> kafka) {
        this.outbox = outbox;
        this.lease = lease;
        this.kafka = kafka;
    }

    /** There is something to send. */
    public void nudge() {
        nudges.emitNext(0L, Sinks.EmitFailureHandler.busyLooping(Duration.ofMillis(50)));
    }

    @Override
    public synchronized void start() {
        work = Flux.merge(Flux.interval(Duration.ZERO, SWEEP), nudges.asFlux())
                .onBackpressureLatest()
                .concatMap(tick -> sweep(), 0)
                .subscribe();
    }

    @Override
    public synchronized void stop() {
        if (work != null) {
            work.dispose();
            work = null;
            lease.release().onErrorComplete().block(TIME_LIMIT);
        }
    }

    @Override
    public synchronized boolean isRunning() {
        return work != null;
    }

    private Mono<Void> sweep() {
        return lease.hold()
                .filter(held -> held)
                .flatMapMany(held -> outbox.pending(ARTICLES_A_SWEEP))
                .concatMap(this::send)
                .then()
                .timeout(RelayLease.LENGTH)
                .doOnSuccess(done -> recovered())
                .onErrorResume(this::failed);
    }

    private Mono<Void> send(Outbox.Pending article) {
        return Flux.fromIterable(article.events())
                .map(EventCodec::encode)
                .concatMap(record -> Mono.fromCallable(() -> kafka.send(record))
                        .subscribeOn(Schedulers.boundedElastic())
                        .flatMap(Mono::fromFuture))
                .then(outbox.sent(article))
                .timeout(TIME_LIMIT);
    }

    private void recovered() {
        if (failing) {
            log.info("The outbox is on its way to Kafka again");
            failing = false;
        }
    }

    private Mono<Void> failed(Throwable e) {
        if (!failing) {
            log.warn("The outbox waits, nothing is lost: {}", e.toString());
            failing = true;
        }
        return Mono.empty();
    }
}
