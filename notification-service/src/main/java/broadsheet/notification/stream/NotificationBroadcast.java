package broadsheet.notification.stream;

import broadsheet.notification.NotificationProperties;
import broadsheet.notification.stream.RecentNotifications.Replay;
import broadsheet.notification.stream.Signal.Told;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.InstantSource;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.kafka.common.Uuid;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;

/**
 * Passes what is read from the topic to the clients of this instance and keeps the newest of it. A client joins between
 * two records, so it gets each of them once: from what is kept or from its queue.
 */
@Component
class NotificationBroadcast {

    private final NotificationProperties.Stream settings;
    private final InstantSource clock;
    private final Counter overflows;
    private final Set<Client> clients = ConcurrentHashMap.newKeySet();
    private final Sinks.Empty<Void> opened = Sinks.empty();
    private volatile Sinks.Empty<Void> closed = Sinks.empty();
    private @Nullable RecentNotifications recent;

    NotificationBroadcast(NotificationProperties properties, InstantSource clock, MeterRegistry meters) {
        this.settings = properties.stream();
        this.clock = clock;
        this.overflows = meters.counter("broadsheet.notification.stream.overflows");
        meters.gaugeCollectionSize("broadsheet.notification.stream.clients", List.of(), clients);
    }

    /** Ends when the topic has been read as far as it went at the start. */
    Mono<Void> opened() {
        return opened.asMono();
    }

    boolean isFull() {
        return clients.size() >= settings.clients();
    }

    synchronized boolean isOpen() {
        return recent != null;
    }

    /** False only while this instance is behind the position. */
    synchronized boolean hasReached(Position position) {
        return recent == null
                || !recent.head().topic().equals(position.topic())
                || recent.head().covers(position);
    }

    /** Where to read on; none where nothing was read from this topic yet. */
    synchronized @Nullable Position head(Uuid topic) {
        return recent == null || !recent.head().topic().equals(topic) ? null : recent.head();
    }

    /** Begins with a topic, or begins anew: who listened before has to resume, and hears that there is a gap. */
    synchronized void open(Position start, List<Received> history) {
        endAll();
        recent = new RecentNotifications(settings.recent(), start);
        history.forEach(recent::add);
        opened.tryEmitEmpty();
    }

    synchronized void publish(List<Received> records) {
        records.forEach(this::publish);
    }

    private void publish(Received record) {
        RecentNotifications kept = opened(recent);
        if (record.offset() > kept.head().next(record.partition())) {
            endAll(); // records vanished before they were read: whoever resumes is told
        }
        Told told = kept.add(record);
        if (told != null) {
            clients.removeIf(client -> !tell(client, told));
        }
    }

    private boolean tell(Client client, Told told) {
        boolean taken = client.tell(told);
        if (!taken) {
            overflows.increment();
        }
        return taken;
    }

    /** A client that gets everything after the position, or, without one, after now. */
    synchronized Client join(@Nullable Position position) {
        var client = new Client(settings.queue(), opened(recent).since(position, clock.instant()));
        clients.add(client);
        return client;
    }

    void leave(Client client) {
        clients.remove(client);
    }

    /** What is kept after the position, or all that is. */
    synchronized Replay since(@Nullable Position position) {
        RecentNotifications kept = opened(recent);
        return kept.since(position == null ? kept.floor() : position, clock.instant());
    }

    /** Ends when the service begins to stop. */
    Mono<Void> closed() {
        return closed.asMono();
    }

    void start() {
        closed = Sinks.empty();
    }

    /** Every stream ends, and one that is opened now ends at once: the client resumes elsewhere or later. */
    void close() {
        closed.tryEmitEmpty();
    }

    private void endAll() {
        clients.forEach(client -> client.end(new Signal.End()));
        clients.clear();
    }

    private static RecentNotifications opened(@Nullable RecentNotifications recent) {
        if (recent == null) {
            throw new NotYetReadException();
        }
        return recent;
    }
}
