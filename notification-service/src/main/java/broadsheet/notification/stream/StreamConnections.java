package broadsheet.notification.stream;

import broadsheet.notification.NotificationProperties;
import broadsheet.notification.event.EventFilter;
import broadsheet.notification.event.EventHistory;
import broadsheet.notification.event.HistoryListener;
import broadsheet.notification.event.ResumePoint;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.context.SmartLifecycle;
import org.springframework.stereotype.Component;
import reactor.core.Disposable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.FluxSink;
import reactor.core.scheduler.Scheduler;
import reactor.core.scheduler.Schedulers;

/**
 * All streams that are open on this instance, those that wait for Kafka included: bounded overall and by address. One
 * clock serves the heartbeats of all, spread over the interval. Those that look for keywords have a thread of their own. They end before the web server stops, since an open
 * stream would hold that up.
 */
@Component
class StreamConnections implements HistoryListener, SmartLifecycle {

    private static final int TICKS_A_HEARTBEAT = 16;

    private final EventHistory history;
    private final StreamFrames frames;
    private final NotificationProperties.Stream settings;
    private final InstantSource clock;
    private final StreamLimits limits;
    private final List<ConnectionGroup> groups;
    private final ConnectionGroup searching;
    private final AtomicInteger opened = new AtomicInteger();
    private final Counter overflows;
    private final Counter cutOffs;
    private volatile @Nullable Disposable ticks;

    StreamConnections(
            EventHistory history,
            StreamFrames frames,
            NotificationProperties properties,
            InstantSource clock,
            @Qualifier("notificationSearch") Scheduler notificationSearch,
            MeterRegistry meters) {
        this.history = history;
        this.frames = frames;
        this.settings = properties.stream();
        this.clock = clock;
        this.limits = new StreamLimits(settings.connections(), settings.connectionsPerAddress());
        this.groups = Stream.generate(() -> new ConnectionGroup(Schedulers.parallel(), this::send))
                .limit(Runtime.getRuntime().availableProcessors())
                .toList();
        this.searching = new ConnectionGroup(notificationSearch, this::send);
        this.overflows = Counter.builder("broadsheet.notification.stream.overflows")
                .description("Streams that ended with a gap because their client was too far behind")
                .register(meters);
        this.cutOffs = Counter.builder("broadsheet.notification.stream.cutoffs")
                .description("Streams that were closed because their client took nothing")
                .register(meters);
        Gauge.builder("broadsheet.notification.stream.connections", limits, StreamLimits::open)
                .description("Open streams")
                .register(meters);
    }

    /**
     * The frames of one client's stream.
     *
     * @param last the last id that the client has; without one it gets what happens from now on
     * @throws TooManyStreamsException where the instance or the address has as many as it may
     */
    Flux<byte[]> open(String address, @Nullable ResumePoint last, EventFilter filter) {
        limits.check(address);
        return Flux.using(
                () -> limits.acquire(address),
                slot -> Flux.create(sink -> connect(sink, last, filter), FluxSink.OverflowStrategy.IGNORE),
                StreamLimits.Slot::release);
    }

    private void connect(FluxSink<byte[]> sink, @Nullable ResumePoint last, EventFilter filter) {
        Instant now = clock.instant();
        long first = ThreadLocalRandom.current()
                .nextLong(1, settings.heartbeat().toMillis() + 1); // so that not all are due at once
        var connection = new StreamConnection(history, frames, last, filter, sink, now, now.plusMillis(first));
        var group =
                filter.hasKeywords() ? searching : groups.get(Math.floorMod(opened.getAndIncrement(), groups.size()));
        group.add(connection);
        sink.onDispose(() -> group.remove(connection));
        if (!isRunning()) {
            connection.close();
        }
        sink.onRequest(demand -> {
            if (filter.hasKeywords()) {
                group.dispatch(connection);
            } else {
                send(connection);
            }
        });
    }

    private void send(StreamConnection connection) {
        if (connection.send(clock.instant(), settings.maxBehind())) {
            overflows.increment();
        }
    }

    @Override
    public void onHistoryChanged() {
        allGroups().forEach(ConnectionGroup::dispatch);
    }

    private Stream<ConnectionGroup> allGroups() {
        return Stream.concat(groups.stream(), Stream.of(searching));
    }

    private void tick(Instant now) {
        allGroups()
                .forEach(group -> group.forEach(connection -> {
                    if (connection.isOverdue(now, settings.heartbeat(), settings.cutOffAfter())) {
                        cutOffs.increment();
                        connection.cutOff();
                    }
                }));
        onHistoryChanged();
    }

    @Override
    public void start() {
        Duration every = settings.heartbeat().dividedBy(TICKS_A_HEARTBEAT);
        ticks = Flux.interval(every, Schedulers.parallel())
                .onBackpressureDrop()
                .subscribe(tick -> tick(clock.instant()));
    }

    @Override
    public void stop() {
        Disposable running = ticks;
        ticks = null;
        allGroups().forEach(group -> group.forEach(StreamConnection::close));
        onHistoryChanged();
        if (running != null) {
            running.dispose();
        }
    }

    @Override
    public boolean isRunning() {
        return ticks != null;
    }
}
