package broadsheet.notification.stream;

import broadsheet.notification.NotificationProperties;
import broadsheet.notification.filter.ArticleFilter;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import java.io.EOFException;
import java.time.Duration;
import java.time.InstantSource;
import org.jspecify.annotations.Nullable;
import org.springframework.http.codec.ServerSentEvent;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;

/**
 * A client's stream: {@code hello} with an id to resume from, what it missed, what happens, and a heartbeat that moves its
 * id along. It ends where the client is too slow or the service stops; the client then connects again.
 */
@Component
class NotificationStream {

    /** How long an instance may be behind the one that gave the id. */
    private static final Duration MOST_LAG = Duration.ofSeconds(2);

    private static final Duration LOOK = Duration.ofMillis(50);

    private final NotificationBroadcast broadcast;
    private final StreamEvents events;
    private final NotificationProperties.Stream settings;
    private final InstantSource clock;
    private final Counter cutOff;

    NotificationStream(
            NotificationBroadcast broadcast,
            StreamEvents events,
            NotificationProperties properties,
            InstantSource clock,
            MeterRegistry meters) {
        this.broadcast = broadcast;
        this.events = events;
        this.settings = properties.stream();
        this.clock = clock;
        this.cutOff = meters.counter("broadsheet.notification.stream.cutoff");
    }

    /**
     * @param last the last id that the client has; without one it hears what happens from now on
     * @throws TooManyClientsException where this instance has as many as it may
     */
    Flux<ServerSentEvent<String>> open(@Nullable Position last, ArticleFilter filter) {
        if (broadcast.isFull()) {
            throw new TooManyClientsException();
        }
        return (broadcast.isOpen() ? joined(last, filter) : waiting(last, filter)).takeUntilOther(broadcast.closed());
    }

    /** Kafka has not been reached yet. */
    private Flux<ServerSentEvent<String>> waiting(@Nullable Position last, ArticleFilter filter) {
        Position since = last == null ? Position.moment(clock.instant()) : last;
        return beats().map(beat -> events.heartbeat(since))
                .startWith(events.hello(since))
                .takeUntilOther(broadcast.opened())
                .concatWith(joined(since, filter));
    }

    private Flux<ServerSentEvent<String>> joined(@Nullable Position last, ArticleFilter filter) {
        return reached(last)
                .thenMany(
                        Flux.using(() -> broadcast.join(last), client -> told(client, last, filter), broadcast::leave));
    }

    /** Ends when this instance has read as far as the one that gave the id, or is not going to. */
    private Mono<Void> reached(@Nullable Position last) {
        return last == null || broadcast.hasReached(last)
                ? Mono.empty()
                : Flux.interval(LOOK)
                        .takeUntil(look -> broadcast.hasReached(last))
                        .take(MOST_LAG)
                        .then();
    }

    private Flux<ServerSentEvent<String>> told(Client client, @Nullable Position last, ArticleFilter filter) {
        var replay = client.replay();
        var cursor = new Cursor(replay.from(), filter);
        var hello = Mono.just(events.hello(last == null ? replay.from() : last));
        var gap = Mono.justOrEmpty(replay.gap()).map(missing -> events.gap(missing, replay.from()));
        var signals = Flux.merge(client.signals(Schedulers.parallel()), heartbeats(), overdue(client))
                .takeUntil(Signal::isLast)
                .mapNotNull(signal -> events.event(signal, cursor).orElse(null));
        return Flux.concat(hello, gap, signals);
    }

    private Flux<Signal> heartbeats() {
        return beats().map(beat -> new Signal.Heartbeat());
    }

    private Flux<Long> beats() {
        return Flux.interval(settings.heartbeat()).onBackpressureDrop();
    }

    /** Cuts the connection of a client that does not even take its end. */
    private Mono<Signal> overdue(Client client) {
        return client.ended()
                .delayElement(settings.patience())
                .doOnNext(end -> cutOff.increment())
                .flatMap(end -> Mono.error(new EOFException("The client has stopped reading")));
    }
}
