package broadsheet.notification.stream;

import static broadsheet.testservers.PatientAwait.await;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.springframework.core.ParameterizedTypeReference;
import org.springframework.http.codec.ServerSentEvent;
import org.springframework.web.reactive.function.client.WebClient;
import reactor.core.Disposable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** A client of the stream that keeps all it gets and its last id, as a browser would. */
final class StreamClient implements AutoCloseable {

    private static final JsonMapper JSON = JsonMapper.shared();

    private final List<ServerSentEvent<String>> events = new CopyOnWriteArrayList<>();
    private final Disposable connection;
    private boolean closed;
    private volatile boolean ended;

    StreamClient(int port, String query, @Nullable String lastId) {
        connection = WebClient.create("http://localhost:" + port)
                .get()
                .uri("/api/notifications/stream" + query)
                .headers(headers -> {
                    if (lastId != null) {
                        headers.set("Last-Event-ID", lastId);
                    }
                })
                .retrieve()
                .bodyToFlux(new ParameterizedTypeReference<ServerSentEvent<String>>() {})
                .doFinally(signal -> ended = true)
                .subscribe(this::take, e -> {});
    }

    /** Connected: whatever is published from now on must reach it. */
    static StreamClient to(int port, String query) {
        return resumed(port, query, null);
    }

    static StreamClient resumed(int port, String query, @Nullable String lastId) {
        var listener = new StreamClient(port, query, lastId);
        listener.awaits(event -> "hello".equals(event.event()));
        return listener;
    }

    ServerSentEvent<String> awaits(Predicate<ServerSentEvent<String>> wanted) {
        return await().until(() -> events.stream().filter(wanted).findFirst(), Optional::isPresent)
                .orElseThrow();
    }

    JsonNode awaitsId(String eventId) {
        return JSON.readTree(
                String.valueOf(awaits(event -> data(event).contains(eventId)).data()));
    }

    /** The ids of the notifications, in the order they came. */
    List<String> notifications() {
        return events.stream()
                .filter(event -> String.valueOf(event.event()).startsWith("article."))
                .map(event -> JSON.readTree(data(event)).path("id").asString())
                .toList();
    }

    List<String> gaps() {
        return events.stream()
                .filter(event -> "gap".equals(event.event()))
                .map(event -> JSON.readTree(data(event)).path("reason").asString())
                .toList();
    }

    List<ServerSentEvent<String>> events() {
        return List.copyOf(events);
    }

    @Nullable String lastId() {
        return events.stream()
                .map(ServerSentEvent::id)
                .filter(id -> id != null)
                .reduce((first, last) -> last)
                .orElse(null);
    }

    /** How long it is asked to wait before it connects again. */
    @Nullable Duration retry() {
        return awaits(event -> "hello".equals(event.event())).retry();
    }

    boolean hasEnded() {
        return ended;
    }

    private static String data(ServerSentEvent<String> event) {
        return String.valueOf(event.data());
    }

    private synchronized void take(ServerSentEvent<String> event) {
        if (!closed) {
            events.add(event);
        }
    }

    /** What comes now was not received. */
    @Override
    public synchronized void close() {
        closed = true;
        connection.dispose();
    }
}
