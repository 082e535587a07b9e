package broadsheet.web.cache;

import static java.nio.charset.StandardCharsets.UTF_8;

import broadsheet.web.query.PageQuery;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.HttpMethod;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.http.server.reactive.HttpHandler;
import org.springframework.http.server.reactive.ReactorHttpHandlerAdapter;
import org.springframework.http.server.reactive.observation.DefaultServerRequestObservationConvention;
import org.springframework.util.unit.DataSize;
import org.springframework.web.server.ServerWebExchange;
import org.springframework.web.server.adapter.WebHttpHandlerBuilder;
import reactor.core.publisher.Mono;
import reactor.netty.DisposableServer;
import reactor.netty.http.client.HttpClient;
import reactor.netty.http.server.HttpServer;

/** A server with the cache in front of an origin that a test programs, and a clock that a test moves. */
final class CacheTestServer implements AutoCloseable {

    static final String SHARED = "public, max-age=0, s-maxage=1";

    /** So that a machine that is slow changes nothing. */
    static final Duration PATIENCE = Duration.ofMinutes(1);

    final SimpleMeterRegistry meters = new SimpleMeterRegistry();
    final AtomicInteger originCalls = new AtomicInteger();
    final SharedHttpCache cache;
    volatile Function<ServerWebExchange, Mono<Void>> origin =
            exchange -> answer(exchange, SHARED, "answer " + originCalls.get());

    private final AtomicLong nanos = new AtomicLong();
    private final DisposableServer server;

    CacheTestServer() {
        this(PATIENCE, PATIENCE);
    }

    CacheTestServer(Duration maxWaitForNewer, Duration maxWait) {
        var properties = new CacheProperties(
                true,
                DataSize.ofKilobytes(200),
                DataSize.ofKilobytes(50),
                Duration.ofSeconds(1),
                Duration.ofMinutes(10),
                maxWaitForNewer,
                maxWait);
        var metrics = new CacheMetrics(meters, new DefaultServerRequestObservationConvention());
        this.cache = new SharedHttpCache(
                () -> new PageQuery(Set.of("q", "x")), properties, metrics, nanos::get, InstantSource.system());
        var handler = WebHttpHandlerBuilder.webHandler(exchange -> {
                    originCalls.incrementAndGet();
                    return origin.apply(exchange);
                })
                .build();
        this.server = serverOf(handler);
    }

    /** A server with the cache in front of this handler; a process may have several. */
    DisposableServer serverOf(HttpHandler handler) {
        return HttpServer.create()
                .host("localhost")
                .port(0)
                .handle(new ReactorHttpHandlerAdapter(cache.apply(handler)))
                .bindNow();
    }

    void pass(Duration time) {
        nanos.addAndGet(time.toNanos());
    }

    /** Answers with a text that depends on the keys {@code article} and {@code articles}. */
    static Mono<Void> answer(ServerWebExchange exchange, String cacheControl, String body) {
        var response = exchange.getResponse();
        response.getHeaders().set("Content-Type", "text/plain;charset=UTF-8");
        response.getHeaders().set("Cache-Control", cacheControl);
        response.getHeaders().set(SharedCaching.SURROGATE_KEY, "article articles");
        return response.writeWith(
                Mono.fromSupplier(() -> response.bufferFactory().wrap(body.getBytes(UTF_8))));
    }

    static Mono<Void> fail(ServerWebExchange exchange) {
        exchange.getResponse().setStatusCode(HttpStatus.SERVICE_UNAVAILABLE);
        return exchange.getResponse().setComplete();
    }

    HttpClient client() {
        return HttpClient.create().baseUrl("http://localhost:" + server.port());
    }

    Answer get(String uri, String... headers) {
        return ask(HttpMethod.GET, uri, headers);
    }

    Answer ask(HttpMethod method, String uri, String... headers) {
        return later(method, uri, headers).blockOptional(PATIENCE).orElseThrow();
    }

    Mono<Answer> later(HttpMethod method, String uri, String... headers) {
        return client().headers(all -> {
                    for (int i = 0; i < headers.length; i += 2) {
                        all.set(headers[i], headers[i + 1]);
                    }
                })
                .request(method)
                .uri(uri)
                .responseSingle((response, body) -> body.asByteArray()
                        .defaultIfEmpty(new byte[0])
                        .map(bytes -> new Answer(response.status().code(), response.responseHeaders(), bytes)));
    }

    /** How often the cache had this result. */
    double gets(String result) {
        return meters.counter("cache.gets", "cache", "http", "result", result).count();
    }

    @Override
    public void close() {
        server.disposeNow();
    }

    @SuppressWarnings("ArrayRecordComponent")
    record Answer(int status, HttpHeaders headers, byte[] bytes) {

        String body() {
            return new String(bytes, UTF_8);
        }

        @Nullable String header(String name) {
            return headers.get(name);
        }

        String eTag() {
            return headers.get("ETag", "");
        }
    }
}
