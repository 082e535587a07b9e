package broadsheet.notification.stream;

import broadsheet.notification.NotificationProperties;
import broadsheet.notification.event.EventHistory;
import broadsheet.notification.event.HistoryObserver;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.netty.channel.Channel;
import io.netty.channel.EventLoop;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.context.SmartLifecycle;
import org.springframework.stereotype.Component;
import reactor.core.Disposable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.publisher.MonoSink;
import reactor.core.scheduler.Scheduler;
import reactor.core.scheduler.Schedulers;
import reactor.netty.http.server.HttpServerResponse;

/**
 * All streams that are open on this instance, those that wait for Kafka included: bounded overall and by address. Each is
 * served by the event loop of its connection, those that look for keywords by a thread of their own. They end before the
 * web server stops, since an open stream would hold that up, but not all at once.
 */
@Component
class StreamConnections implements HistoryObserver, SmartLifecycle {

    private static final Logger log = LoggerFactory.getLogger(StreamConnections.class);

    private static final int TICKS_A_HEARTBEAT = 16;
    private static final int TICKS_A_DRAIN = 64;

    private final EventHistory history;
    private final StreamFrames frames;
    private final NotificationProperties.Stream settings;
    private final InstantSource clock;
    private final StreamLimits limits;
    private final StreamMetrics metrics;
    private final Map<EventLoop, ConnectionGroup> groups = new ConcurrentHashMap<>();
    private final ConnectionGroup searching;
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
        this.metrics = StreamMetrics.of(meters);
        this.searching = new ConnectionGroup(notificationSearch::schedule, this::send);
        Gauge.builder("broadsheet.notification.stream.connections", limits, StreamLimits::open)
                .description("Open streams")
                .register(meters);
    }

    /**
     * One client's stream, to be written once its head has been sent.
     *
     * @throws TooManyStreamsException where the instance or the address has as many as it may
     */
    Function<HttpServerResponse, Mono<Void>> open(StreamRequest request) {
        limits.check(request.address());
        return response -> Mono.using(
                () -> limits.acquire(request.address()),
                slot -> Mono.create(sink -> response.withConnection(connection -> onEventLoop(
                        connection.channel(), () -> connect(request, response, connection.channel(), sink)))),
                StreamLimits.Slot::release);
    }

    private static void onEventLoop(Channel channel, Runnable action) {
        if (channel.eventLoop().inEventLoop()) {
            action.run();
        } else {
            channel.eventLoop().execute(action);
        }
    }

    private void connect(StreamRequest request, HttpServerResponse response, Channel channel, MonoSink<Void> sink) {
        ConnectionGroup group = request.filter().hasKeywords()
                ? searching
                : groups.computeIfAbsent(channel.eventLoop(), loop -> new ConnectionGroup(loop, this::send));
        var output = new StreamOutput(response, channel, sink);
        var connection = new StreamConnection(history, frames, settings, request, output, clock.instant());
        output.onWritable(() -> group.dispatch(connection));
        group.add(connection);
        sink.onDispose(() -> {
            group.remove(connection);
            onEventLoop(channel, output::release);
        });
        if (!isRunning()) {
            connection.endWithin(clock.instant(), Duration.ZERO);
        }
        group.dispatch(connection);
    }

    /** What goes wrong with one connection ends it and no other. */
    private void send(StreamConnection connection) {
        try {
            connection.send(clock.instant(), metrics);
        } catch (RuntimeException | OutOfMemoryError e) { // the latter where Netty's own bound on buffers is reached
            log.warn("A stream was closed", e);
            connection.cutOff();
        }
    }

    @Override
    public void onHistoryChanged() {
        allGroups().forEach(ConnectionGroup::dispatch);
    }

    private Stream<ConnectionGroup> allGroups() {
        return Stream.concat(groups.values().stream(), Stream.of(searching));
    }

    @Override
    public void start() {
        ticks = Flux.interval(settings.heartbeat().dividedBy(TICKS_A_HEARTBEAT), Schedulers.parallel())
                .onBackpressureDrop()
                .subscribe(tick -> onHistoryChanged());
    }

    @Override
    public void stop(Runnable stopped) {
        stop();
        Flux.interval(Duration.ZERO, settings.drain().dividedBy(TICKS_A_DRAIN), Schedulers.parallel())
                .onBackpressureDrop()
                .take(TICKS_A_DRAIN + 2)
                .doOnNext(tick -> onHistoryChanged())
                .takeUntil(tick -> limits.open() == 0)
                .doFinally(signal -> stopped.run())
                .subscribe();
    }

    @Override
    public void stop() {
        Disposable running = ticks;
        ticks = null;
        if (running != null) {
            running.dispose();
        }
        Instant now = clock.instant();
        allGroups().forEach(group -> group.dispatch(connection -> connection.endWithin(now, settings.drain())));
        onHistoryChanged();
    }

    @Override
    public boolean isRunning() {
        return ticks != null;
    }
}
