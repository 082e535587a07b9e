package broadsheet.benchmarks;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.stream.IntStream;
import reactor.core.publisher.Mono;
import reactor.netty.DisposableServer;
import reactor.netty.http.server.HttpServer;
import reactor.netty.http.server.HttpServerRequest;
import reactor.netty.http.server.HttpServerResponse;

/** Receivers of webhooks, each on an address of its own of this machine, that answer at once or never do. */
final class WebhookReceivers implements AutoCloseable {

    private final List<DisposableServer> servers = new ArrayList<>();
    private final Map<String, Queue<Long>> arrivals = new ConcurrentHashMap<>();

    /** @param network such as {@code 127.0.1}, for 254 receivers at most */
    WebhookReceivers(String network, int receivers, boolean answering) {
        Mono<Void> before = answering ? Mono.empty() : Mono.never();
        IntStream.rangeClosed(1, receivers)
                .mapToObj(number -> HttpServer.create()
                        .host(network + "." + number)
                        .port(0)
                        .handle((request, response) -> receive(request, response, before))
                        .bindNow())
                .forEach(servers::add);
    }

    List<String> urls() {
        return servers.stream()
                .map(server -> "http://%s:%d/".formatted(server.host(), server.port()))
                .toList();
    }

    /** By {@link System#nanoTime()}, first tries and later ones. */
    List<Long> arrivals(String event) {
        return Optional.ofNullable(arrivals.get(event)).map(List::copyOf).orElse(List.of());
    }

    private Mono<Void> receive(HttpServerRequest request, HttpServerResponse response, Mono<Void> before) {
        long now = System.nanoTime();
        return request.receive()
                .then(Mono.fromRunnable(() -> arrivals.computeIfAbsent(
                                String.valueOf(request.requestHeaders().get("webhook-id")),
                                first -> new ConcurrentLinkedQueue<>())
                        .add(now)))
                .then(before)
                .then(response.status(204).send());
    }

    @Override
    public void close() {
        servers.forEach(DisposableServer::disposeNow);
    }
}
