package broadsheet.web.cache;

import org.springframework.http.server.reactive.HttpHandler;
import org.springframework.http.server.reactive.ServerHttpRequest;
import org.springframework.http.server.reactive.ServerHttpResponse;
import reactor.core.publisher.Mono;

/** Has the origin answer a client itself, without the headers that are for the cache alone. */
record UncachedHandler(HttpHandler origin, CacheMetrics metrics) implements HttpHandler {

    @Override
    public Mono<Void> handle(ServerHttpRequest request, ServerHttpResponse response) {
        metrics.passed();
        response.beforeCommit(() -> Mono.fromRunnable(() -> SharedCaching.hideFromClient(response.getHeaders())));
        return origin.handle(request, response);
    }
}
