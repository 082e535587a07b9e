package broadsheet.article.outbox;

import broadsheet.events.Envelope;
import broadsheet.events.EventCodec;
import broadsheet.events.UnreadableEventException;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;
import org.springframework.stereotype.Component;
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
    private final OutboxSender sender;
    private final Sinks.Many<Long> nudges = Sinks.many().multicast().directBestEffort();
    private final Set<String> stuck = ConcurrentHashMap.newKeySet();
    private boolean failing;
    private Sinks.@Nullable Empty<Void> end;
    private Mono<Void> work = Mono.empty();

    OutboxRelay(Outbox outbox, RelayLease lease, OutboxSender sender) {
        this.outbox = outbox;
        this.lease = lease;
        this.sender = sender;
    }

    /** There is something to send; two who say so at once are as good as one, and the sweep finds what was missed. */
    public void nudge() {
        nudges.tryEmitNext(0L);
    }

    @Override
    public synchronized void start() {
        // away from the threads that nudge, or two that do so at once would miss each other for a whole sweep
        Flux<Long> nudged = nudges.asFlux().publishOn(Schedulers.parallel());
        end = Sinks.empty();
        work = Flux.merge(Flux.interval(Duration.ZERO, SWEEP), nudged)
                .takeUntilOther(end.asMono())
                .onBackpressureLatest()
                .concatMap(tick -> sweep(), 0)
                .then()
                .cache();
        work.subscribe();
    }

    /** Ends after the sweep that runs: what is on its way is not sent once more by whoever comes next. */
    @Override
    public synchronized void stop() {
        if (end != null) {
            end.tryEmitEmpty();
            end = null;
            work.timeout(TIME_LIMIT)
                    .onErrorComplete()
                    .then(lease.release())
                    .onErrorComplete()
                    .block();
        }
    }

    @Override
    public synchronized boolean isRunning() {
        return end != null;
    }

    private Mono<Void> sweep() {
        return lease.hold()
                .filter(held -> held)
                .flatMapMany(held -> outbox.pending(ARTICLES_A_SWEEP, stuck))
                .concatMap(this::send)
                .then()
                .timeout(RelayLease.LENGTH)
                .doOnSuccess(done -> recovered())
                .onErrorResume(this::failed);
    }

    /** What an article has to say leaves one by one, and none begins that might arrive after the lease has ended. */
    private Mono<Void> send(Outbox.Pending article) {
        return Flux.fromIterable(article.entries())
                .takeWhile(entry -> lease.lastsFor(OutboxSender.TIME_LIMIT))
                .concatMap(entry -> {
                    Envelope<?> event = Outbox.envelope(entry);
                    return sender.send(EventCodec.encode(event)).then(outbox.sent(article, entry));
                })
                .then()
                .onErrorResume(UnreadableEventException.class, e -> holdBack(article, e));
    }

    /** Others need not wait for an article whose next event only a newer version can read. */
    private Mono<Void> holdBack(Outbox.Pending article, UnreadableEventException e) {
        if (stuck.add(article.id())) {
            log.error(
                    "Article {} announces nothing until a version that can is started: {}",
                    article.id(),
                    e.getMessage());
        }
        return Mono.empty();
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
