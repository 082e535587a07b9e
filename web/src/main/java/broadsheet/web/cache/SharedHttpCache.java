package broadsheet.web.cache;

import broadsheet.web.access.SessionTokens;
import broadsheet.web.cache.OriginFetches.Fetched;
import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.Ticker;
import java.time.Duration;
import java.time.InstantSource;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpMethod;
import org.springframework.http.MediaType;
import org.springframework.http.server.reactive.HttpHandler;
import org.springframework.http.server.reactive.HttpHandlerDecoratorFactory;
import org.springframework.http.server.reactive.ServerHttpRequest;
import org.springframework.http.server.reactive.ServerHttpResponse;
import reactor.core.publisher.Mono;

/**
 * A shared HTTP cache (RFC 9111) in this process, ahead of Spring Security and WebFlux. It keeps complete answers that say
 * {@code Cache-Control: public, s-maxage=N} and serves them to clients without a session: for N seconds, then for as long
 * as one request refreshes them, and while no newer answer can be had. What clients say in {@code Cache-Control} is ignored,
 * or anyone could have every request reach the store.
 */
public final class SharedHttpCache implements HttpHandlerDecoratorFactory {

    private static final Duration PAUSE_AFTER_FAILURE = Duration.ofSeconds(1);
    private static final Duration PASSED_BY = Duration.ofSeconds(5);
    private static final long MAX_PASSED_BY = 10_000;
    private static final int ATTEMPTS = 3;

    private final CacheProperties properties;
    private final CacheMetrics metrics;
    private final Ticker ticker;
    private final InstantSource clock;
    private final SurrogateKeys keys = new SurrogateKeys();
    private final AnswerStore store;

    SharedHttpCache(CacheProperties properties, CacheMetrics metrics, Ticker ticker, InstantSource clock) {
        this.properties = properties;
        this.metrics = metrics;
        this.ticker = ticker;
        this.clock = clock;
        this.store = new AnswerStore(properties, ticker);
        metrics.watch(store);
    }

    /** Ends every answer that depends on this key, also one that is being made from what was read before. */
    public void drop(String surrogateKey) {
        keys.drop(surrogateKey);
    }

    @Override
    public HttpHandler apply(HttpHandler origin) {
        return properties.enabled() ? new Front(origin) : origin;
    }

    private final class Front implements HttpHandler {

        private final HttpHandler origin;
        private final OriginFetches fetches;

        /** Calls whose answers were not to be shared a moment ago: asking for everyone first would ask twice. */
        private final Cache<CacheKey, Boolean> passedBy = Caffeine.newBuilder()
                .expireAfterWrite(PASSED_BY)
                .maximumSize(MAX_PASSED_BY)
                .ticker(ticker)
                .build();

        Front(HttpHandler origin) {
            this.origin = origin;
            this.fetches = new OriginFetches(origin, store, keys, metrics, properties, ticker, clock);
        }

        @Override
        public Mono<Void> handle(ServerHttpRequest request, ServerHttpResponse response) {
            return isForEveryone(request)
                    ? answer(CacheKey.of(request), request, new Reply(request, response), ATTEMPTS)
                    : pass(request, response);
        }

        private Mono<Void> answer(CacheKey key, ServerHttpRequest request, Reply reply, int attempts) {
            StoredAnswer stored = store.find(key);
            if (stored == null) {
                return passedBy.getIfPresent(key) == null
                        ? miss(key, request, reply, attempts)
                        : pass(request, reply.response());
            }
            if (stored.variesByLanguage() && !key.hasLanguage()) {
                return answer(key.in(request.getHeaders()), request, reply, attempts);
            }
            long now = ticker.read();
            if (stored.isFresh(now)) {
                metrics.hit();
                return reply.with(stored, now);
            }
            if (stored.isStaleFor(now, properties.staleWhileRevalidate())) {
                fetches.refresh(key, request, stored);
                metrics.stale();
                return reply.with(stored, now);
            }
            if (stored.refreshFails()) {
                if (stored.mayBeRefreshed(now, PAUSE_AFTER_FAILURE)) {
                    fetches.refresh(key, request, stored);
                }
                metrics.staleIfError(key, stored.age(now));
                return reply.with(stored, now);
            }
            return fetches.fetch(key, request, stored)
                    .timeout(properties.maxWaitForNewer(), Mono.fromSupplier(() -> tooSlow(stored)))
                    .flatMap(fetched -> fetched instanceof Fetched.Failed && stored.isValid()
                            ? staleIfError(key, stored, reply)
                            : fetched(fetched, key, request, reply, attempts));
        }

        private Fetched tooSlow(StoredAnswer stored) {
            stored.refreshFailed(ticker.read());
            return new Fetched.Failed(null);
        }

        private Mono<Void> staleIfError(CacheKey key, StoredAnswer stored, Reply reply) {
            long now = ticker.read();
            metrics.staleIfError(key, stored.age(now));
            return reply.with(stored, now);
        }

        private Mono<Void> miss(CacheKey key, ServerHttpRequest request, Reply reply, int attempts) {
            metrics.miss();
            return fetches.fetch(key, request, null)
                    .timeout(properties.maxWait(), Mono.just(new Fetched.Failed(null)))
                    .flatMap(fetched -> fetched(fetched, key, request, reply, attempts));
        }

        private Mono<Void> fetched(
                Fetched fetched, CacheKey key, ServerHttpRequest request, Reply reply, int attempts) {
            if (fetched instanceof Fetched.Shared shared) {
                StoredAnswer answer = shared.answer();
                if (answer.isValid() && (key.hasLanguage() || !answer.variesByLanguage())) {
                    return reply.with(answer, ticker.read());
                }
                return attempts > 1
                        ? answer(key, request, reply, attempts - 1)
                        : pass(request, reply.response()); // it changes faster than it is read
            }
            if (fetched instanceof Fetched.Failed failed) {
                return failed.answer() == null ? reply.unavailable() : reply.with(failed.answer(), ticker.read());
            }
            passedBy.put(key, true);
            return pass(request, reply.response());
        }

        private Mono<Void> pass(ServerHttpRequest request, ServerHttpResponse response) {
            metrics.passed();
            response.beforeCommit(() -> {
                CacheHeaders.hideFromClients(response.getHeaders());
                return Mono.empty();
            });
            return origin.handle(request, response);
        }
    }

    /** Not for requests with a session, for a part or for a stream of events: their answers are their own. */
    private static boolean isForEveryone(ServerHttpRequest request) {
        HttpMethod method = request.getMethod();
        HttpHeaders headers = request.getHeaders();
        return (HttpMethod.GET.equals(method) || HttpMethod.HEAD.equals(method))
                && headers.getFirst(HttpHeaders.AUTHORIZATION) == null
                && headers.getFirst(HttpHeaders.RANGE) == null
                && !hasSession(headers)
                && !followsEvents(headers);
    }

    private static boolean hasSession(HttpHeaders headers) {
        if (headers.getFirst(HttpHeaders.COOKIE) == null) {
            return false;
        }
        return headers.getOrEmpty(HttpHeaders.COOKIE).stream()
                .anyMatch(cookies -> cookies.contains(SessionTokens.COOKIE));
    }

    private static boolean followsEvents(HttpHeaders headers) {
        String accepted = headers.getFirst(HttpHeaders.ACCEPT);
        return accepted != null && accepted.contains(MediaType.TEXT_EVENT_STREAM_VALUE);
    }
}
