package broadsheet.stats.live;

import static broadsheet.testservers.PatientAwait.await;

import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Predicate;
import org.springframework.core.ParameterizedTypeReference;
import org.springframework.http.codec.ServerSentEvent;
import org.springframework.web.reactive.function.client.WebClient;
import reactor.core.Disposable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** An operator's client of the live stream that keeps all it gets. */
final class LiveStream implements AutoCloseable {

    private final List<JsonNode> numbers = new CopyOnWriteArrayList<>();
    private final Disposable connection;
    private volatile boolean opened;
    private volatile boolean ended;

    LiveStream(int port, String token) {
        connection = WebClient.create("http://localhost:" + port)
                .get()
                .uri("/api/stats/live")
                .headers(headers -> headers.setBearerAuth(token))
                .retrieve()
                .bodyToFlux(new ParameterizedTypeReference<ServerSentEvent<String>>() {})
                .doFinally(signal -> ended = true)
                .subscribe(this::take, e -> {});
    }

    private void take(ServerSentEvent<String> event) {
        opened = true;
        if ("numbers".equals(event.event())) {
            numbers.add(JsonMapper.shared().readTree(String.valueOf(event.data())));
        }
    }

    JsonNode awaits(Predicate<JsonNode> wanted) {
        return await().until(() -> numbers.stream().filter(wanted).findFirst(), Optional::isPresent)
                .orElseThrow();
    }

    long sum(String column) {
        return numbers.stream()
                .mapToLong(each -> each.path("viewsPerSecond").path(column).asLong())
                .sum();
    }

    boolean isOpen() {
        return opened && !ended;
    }

    boolean hasEnded() {
        return ended;
    }

    @Override
    public void close() {
        connection.dispose();
    }
}
