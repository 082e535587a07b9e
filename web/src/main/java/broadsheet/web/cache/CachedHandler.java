package broadsheet.web.cache;

import broadsheet.web.access.SessionTokens;
import broadsheet.web.query.PageQuery;
import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.Ticker;
import java.time.Duration;
import java.util.List;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpMethod;
import org.springframework.http.MediaType;
import org.springframework.http.server.reactive.HttpHandler;
import org.springframework.http.server.reactive.ServerHttpRequest;
import org.springframework.http.server.reactive.ServerHttpResponse;
import reactor.core.publisher.Mono;

/**
 * Answers a request from a stored answer, waits for the origin's, or has the origin answer the client itself. What clients
 * say in {@code Cache-Control} is ignored, since anyone could else have every request reach the store.
 */
final class CachedHandler implements HttpHandler {

    /** For so long a request whose answer was not to be shared goes to the origin at once: else it would go there twice. */
    private static final Duration REMEMBERED_AS_UNSHARED = Duration.ofSeconds(5);

    private static final long MAX_UNSHARED_BYTES = 1 << 20;

    private final HttpHandler uncached;
    private final PageQuery pages;
    private final StoredAnswers answers;
    private final OriginFetches fetches;
    private final CacheMetrics metrics;
    private final CacheProperties properties;
    private final Ticker ticker;
    private final Cache<CacheKey, Boolean> unshared;

    CachedHandler(
            HttpHandler uncached,
            PageQuery pages,
            StoredAnswers answers,
            OriginFetches fetches,
            CacheMetrics metrics,
            CacheProperties properties,
            Ticker ticker) {
        this.uncached = uncached;
        this.pages = pages;
        this.answers = answers;
        this.fetches = fetches;
        this.metrics = metrics;
        this.properties = properties;
        this.ticker = ticker;
        this.unshared = Caffeine.newBuilder()
                .expireAfterWrite(REMEMBERED_AS_UNSHARED)
                .maximumWeight(MAX_UNSHARED_BYTES)
                .weigher((CacheKey key, Boolean is) -> key.weight())
                .ticker(ticker)
                .build();
    }

    @Override
    public Mono<Void> handle(ServerHttpRequest request, ServerHttpResponse response) {
        if (!isForEveryone(request)) {
            return uncached.handle(request, response);
        }
        var key = CacheKey.of(request, pages);
        var stored = answers.find(key);
        if (stored != null) {
            return served(stored, key, new AnswerWriter(request, response));
        }
        if (unshared.getIfPresent(key) != null) {
            return uncached.handle(request, response);
        }
        metrics.miss();
        return written(fetches.fetch(key, null), key, new AnswerWriter(request, response));
    }

    private Mono<Void> served(StoredAnswer stored, CacheKey key, AnswerWriter writer) {
        long now = ticker.read();
        if (stored.isFresh(now)) {
            metrics.hit();
            return writer.write(stored, now);
        }
        if (stored.isFreshOrStaleFor(properties.staleWhileRevalidate(), now)) {
            fetches.refresh(key, stored);
            metrics.stale();
            return writer.write(stored, now);
        }
        if (stored.refreshFails()) {
            if (stored.mayBeRefreshedAgain(now)) {
                fetches.refresh(key, stored);
            }
            return writtenStale(stored, key, writer);
        }
        metrics.miss();
        Mono<StoredAnswer> newer = fetches.fetch(key, stored)
                .timeout(properties.maxWaitForNewer())
                .onErrorResume(e -> {
                    stored.refreshFailed(ticker.read());
                    return Mono.just(stored);
                })
                .map(answer -> answer.isServerError() ? stored : answer);
        return written(newer, key, writer);
    }

    /** Writes what was fetched; a client of whose request it may not be the answer asks the origin itself. */
    private Mono<Void> written(Mono<StoredAnswer> fetched, CacheKey key, AnswerWriter writer) {
        long began = ticker.read();
        return fetched.map(answer -> {
                    if (!answer.isValid()) { // dropped meanwhile
                        return askedAgain(writer, began);
                    }
                    return answer.refreshFails()
                            ? writtenStale(answer, key, writer)
                            : writer.write(answer, ticker.read());
                })
                .onErrorResume(e -> Mono.just(writer.writeUnavailable()))
                .switchIfEmpty(Mono.fromSupplier(() -> {
                    unshared.put(key, true);
                    return askedAgain(writer, began);
                }))
                .flatMap(written -> written);
    }

    /** The origin answers this client itself, and begins to in what is left of the time that the client waits. */
    private Mono<Void> askedAgain(AnswerWriter writer, long began) {
        ServerHttpResponse response = writer.response();
        Mono<Long> late = Mono.delay(properties.maxWait().minusNanos(ticker.read() - began))
                .filter(tick -> !response.isCommitted())
                .switchIfEmpty(Mono.never());
        return uncached.handle(writer.request(), response).timeout(late, Mono.defer(writer::writeUnavailable));
    }

    private Mono<Void> writtenStale(StoredAnswer stored, CacheKey key, AnswerWriter writer) {
        long now = ticker.read();
        metrics.staleIfError(key, stored.age(now));
        return writer.write(stored, now);
    }

    /** Not for requests with a session, for a part or for a stream of events: their answers are their own. */
    private static boolean isForEveryone(ServerHttpRequest request) {
        HttpMethod method = request.getMethod();
        HttpHeaders headers = request.getHeaders();
        return (HttpMethod.GET.equals(method) || HttpMethod.HEAD.equals(method))
                && headers.getFirst(HttpHeaders.AUTHORIZATION) == null
                && headers.getFirst(HttpHeaders.RANGE) == null
                && !contains(headers, HttpHeaders.COOKIE, SessionTokens.COOKIE)
                && !contains(headers, HttpHeaders.ACCEPT, MediaType.TEXT_EVENT_STREAM_VALUE);
    }

    private static boolean contains(HttpHeaders headers, String name, String word) {
        List<String> values = headers.get(name);
        return values != null && values.stream().anyMatch(value -> value.contains(word));
    }
}
