package broadsheet.article.outbox;

import broadsheet.kafka.OutageLog;
import broadsheet.store.StoreAtStart;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;
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
 * Sends the outboxes' events to Kafka and removes them once acknowledged: at least once, in order per document. A nudge
 * after each write makes it quick; a sweep each second finds what a crash or an absent Kafka left behind.
 */
@Component
public class OutboxRelay implements SmartLifecycle {

    private static final Logger log = LoggerFactory.getLogger(OutboxRelay.class);
    private static final Duration SWEEP_INTERVAL = Duration.ofSeconds(1);
    private static final Duration STOP_TIME_LIMIT = Duration.ofSeconds(10);
    private static final Duration TOLERATED = Duration.ofSeconds(10);
    private static final int DOCUMENTS_PER_PAGE = 200;
    /** Each waits for Kafka; a document's own events do so one after the other. */
    private static final int DOCUMENTS_AT_ONCE = 32;

    private final Outbox outbox;
    private final RelayLease lease;
    private final OutboxSender sender;
    private final Sinks.Many<Long> nudges = Sinks.many().multicast().directBestEffort();
    private final OutageLog outage = new OutageLog(log, InstantSource.system(), TOLERATED);
    private final Set<Outbox.DocumentRef> heldBack = ConcurrentHashMap.newKeySet();
    private Sinks.@Nullable Empty<Void> end;
    private volatile boolean goesOn;
    private Mono<Void> work = Mono.empty();

    OutboxRelay(Outbox outbox, RelayLease lease, OutboxSender sender) {
        this.outbox = outbox;
        this.lease = lease;
        this.sender = sender;
    }

    /** Asks for a sweep now; nudges that come together make one sweep, and the next interval covers one that is lost. */
    public void nudge() {
        nudges.tryEmitNext(0L);
    }

    @Override
    public synchronized void start() {
        StoreAtStart.await(outbox.createIndexes());
        // on a thread of its own: two concurrent nudges would otherwise drop one, which then waits for an interval
        Flux<Long> nudged = nudges.asFlux().publishOn(Schedulers.parallel());
        end = Sinks.empty();
        goesOn = true;
        work = Flux.merge(Flux.interval(Duration.ZERO, SWEEP_INTERVAL), nudged)
                .takeUntilOther(end.asMono())
                .onBackpressureLatest()
                .concatMap(tick -> sweep(), 0)
                .then()
                .cache();
        work.subscribe();
    }

    /** Ends after the page that is being sent, so that the next instance does not send again what is on its way. */
    @Override
    public synchronized void stop() {
        if (end != null) {
            goesOn = false;
            end.tryEmitEmpty();
            end = null;
            work.timeout(STOP_TIME_LIMIT)
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
        return page().expand(more -> more && goesOn ? page() : Mono.empty())
                .then()
                .doOnSuccess(done -> outage.recovered("The outbox is sent to Kafka again"))
                .doOnError(e ->
                        outage.failed("The outbox cannot be sent to Kafka now; its events are kept: {}", e.toString()))
                .onErrorComplete();
    }

    /** Sends the outboxes of some documents; whether more wait. */
    private Mono<Boolean> page() {
        return lease.acquireOrRenew()
                .filter(held -> held)
                .flatMap(held -> outbox.pending(DOCUMENTS_PER_PAGE, heldBack).collectList())
                .flatMap(documents -> {
                    var acknowledged = new ConcurrentHashMap<Outbox.DocumentRef, List<String>>();
                    return Flux.fromIterable(documents)
                            .flatMap(document -> send(document, acknowledged), DOCUMENTS_AT_ONCE)
                            .then()
                            .onErrorResume(e -> outbox.remove(acknowledged).then(Mono.error(e)))
                            .then(Mono.defer(() -> outbox.remove(acknowledged)))
                            .then(Mono.fromSupplier(
                                    () -> documents.size() >= DOCUMENTS_PER_PAGE && !acknowledged.isEmpty()));
                })
                .timeout(RelayLease.LENGTH);
    }

    /** Sends a document's events one by one, and begins none that might be acknowledged after the lease has ended. */
    private Mono<Void> send(Outbox.Pending pending, Map<Outbox.DocumentRef, List<String>> acknowledged) {
        return pending.events()
                .takeWhile(event -> lease.isHeldFor(OutboxSender.TIME_LIMIT))
                .concatMap(
                        event -> sender.send(event)
                                .doOnSuccess(sent ->
                                        acknowledged.merge(pending.document(), List.of(event.id()), OutboxRelay::both)),
                        0)
                .then()
                .onErrorResume(UnreadableEntryException.class, e -> holdBack(pending.document(), e));
    }

    private static List<String> both(List<String> some, List<String> more) {
        return Stream.concat(some.stream(), more.stream()).toList();
    }

    /** So that no other document waits for it. */
    private Mono<Void> holdBack(Outbox.DocumentRef document, UnreadableEntryException e) {
        if (heldBack.add(document)) {
            log.error("The outbox of {} is held back until a restart: {}", document, e.getMessage());
        }
        return Mono.empty();
    }
}
