package broadsheet.web.cache;

import com.github.benmanes.caffeine.cache.Ticker;
import java.time.Duration;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.http.server.reactive.HttpHandler;
import org.springframework.http.server.reactive.ServerHttpRequest;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;
import reactor.core.scheduler.Schedulers;

/**
 * Asks the origin, one request at a time for each key; whoever else asks the same meanwhile gets the same answer. A
 * request to the origin goes on when the client that caused it leaves, for {@link #MAX_DURATION} at most.
 */
final class OriginFetches {

    static final Duration MAX_DURATION = Duration.ofSeconds(30);

    private static final Logger log = LoggerFactory.getLogger(OriginFetches.class);

    /** The format of RFC 9110, 5.6.7; the JDK's own leaves the zero of the day out. */
    private static final DateTimeFormatter DATE = DateTimeFormatter.ofPattern(
                    "EEE, dd MMM yyyy HH:mm:ss 'GMT'", Locale.ROOT)
            .withZone(ZoneOffset.UTC);

    private final HttpHandler origin;
    private final AnswerStore store;
    private final SurrogateKeys keys;
    private final CacheMetrics metrics;
    private final Ticker ticker;
    private final InstantSource clock;
    private final int maxEntryBytes;
    private final ConcurrentMap<CacheKey, Mono<Fetched>> running = new ConcurrentHashMap<>();

    OriginFetches(
            HttpHandler origin,
            AnswerStore store,
            SurrogateKeys keys,
            CacheMetrics metrics,
            CacheProperties properties,
            Ticker ticker,
            InstantSource clock) {
        this.origin = origin;
        this.store = store;
        this.keys = keys;
        this.metrics = metrics;
        this.ticker = ticker;
        this.clock = clock;
        this.maxEntryBytes = Math.toIntExact(properties.maxEntryBytes().toBytes());
    }

    /** What a request to the origin came to. */
    sealed interface Fetched {

        /** An answer for everyone who asks the same; it is in the store. */
        record Shared(StoredAnswer answer) implements Fetched {}

        /** An answer for one client alone: each is to ask the origin itself. */
        record NotShared() implements Fetched {}

        /** No answer, or that something went wrong on the server's side. */
        record Failed(@Nullable StoredAnswer answer) implements Fetched {}
    }

    /** The answer of the request that is under way, or of one that begins now. */
    Mono<Fetched> fetch(CacheKey key, ServerHttpRequest request, @Nullable StoredAnswer old) {
        return join(key, () -> ask(key, request, old));
    }

    /** Begins to look for a newer answer, unless that is being done; whoever gets the old one does not wait for that. */
    void refresh(CacheKey key, ServerHttpRequest request, StoredAnswer old) {
        if (!running.containsKey(key)) {
            join(key, () -> ask(key, request, old).subscribeOn(Schedulers.parallel()));
        }
    }

    private Mono<Fetched> join(CacheKey key, Supplier<Mono<Fetched>> request) {
        Sinks.One<Fetched> sink = Sinks.one();
        Mono<Fetched> result = sink.asMono();
        Mono<Fetched> first = running.putIfAbsent(key, result);
        if (first != null) {
            return first;
        }
        request.get().subscribe(fetched -> {
            running.remove(key, result);
            sink.tryEmitValue(fetched);
        });
        return result;
    }

    private Mono<Fetched> ask(CacheKey key, ServerHttpRequest request, @Nullable StoredAnswer old) {
        var asked = new OriginRequest(request, key); // now: the client's request may end before
        return Mono.defer(() -> {
            long moment = keys.now();
            long nanos = ticker.read();
            var answered = new OriginResponse(maxEntryBytes);
            return origin.handle(asked, answered)
                    .timeout(MAX_DURATION)
                    .then(Mono.fromSupplier(() -> take(key, asked, answered, old, moment, nanos)))
                    .onErrorResume(e -> {
                        log.debug("GET {} failed", key.path(), e);
                        return Mono.just(new Fetched.Failed(null));
                    })
                    .doOnNext(fetched -> {
                        if (old != null && fetched instanceof Fetched.Failed) {
                            old.refreshFailed(ticker.read());
                        }
                    });
        });
    }

    private Fetched take(
            CacheKey key,
            OriginRequest request,
            OriginResponse response,
            @Nullable StoredAnswer old,
            long moment,
            long nanos) {
        boolean shareable = response.isShareable();
        if (!shareable && !response.isServerError()) {
            store.remove(key);
            return new Fetched.NotShared();
        }
        var answer = new StoredAnswer(
                request, response, metrics.timers(request), keys, moment, nanos, DATE.format(clock.instant()));
        if (!shareable) {
            return new Fetched.Failed(answer);
        }
        if (old != null) {
            answer.prepareAs(old);
        }
        store.put(key, answer);
        if (answer.variesByLanguage() && !key.hasLanguage()) {
            store.put(key.in(request.getHeaders()), answer);
        }
        return new Fetched.Shared(answer);
    }
}
