package broadsheet.web.cache;

import com.github.benmanes.caffeine.cache.Ticker;
import java.time.Duration;
import java.time.InstantSource;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.http.server.reactive.HttpHandler;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;
import reactor.core.scheduler.Schedulers;

/**
 * Asks the origin, one request at a time for each key; whoever asks the same meanwhile gets the same answer. A request goes
 * on when the client that caused it leaves, and is stored if it may be.
 */
final class OriginFetches {

    private static final Logger log = LoggerFactory.getLogger(OriginFetches.class);

    private final HttpHandler origin;
    private final StoredAnswers answers;
    private final SurrogateKeys keys;
    private final CacheMetrics metrics;
    private final Ticker ticker;
    private final InstantSource clock;
    private final int maxAnswerBytes;
    private final Duration maxWait;
    private final ConcurrentMap<CacheKey, Mono<StoredAnswer>> running = new ConcurrentHashMap<>();

    OriginFetches(
            HttpHandler origin,
            StoredAnswers answers,
            SurrogateKeys keys,
            CacheMetrics metrics,
            CacheProperties properties,
            Ticker ticker,
            InstantSource clock) {
        this.origin = origin;
        this.answers = answers;
        this.keys = keys;
        this.metrics = metrics;
        this.ticker = ticker;
        this.clock = clock;
        this.maxAnswerBytes = Math.toIntExact(properties.maxAnswerBytes().toBytes());
        this.maxWait = properties.maxWait();
    }

    /**
     * The answer of the request that is under way, or of one that begins now: shared or of status 5xx; empty where it is not
     * to be shared; an error where there is none in time.
     *
     * @param old the stored answer, which learns when there is no newer one
     */
    Mono<StoredAnswer> fetch(CacheKey key, @Nullable StoredAnswer old) {
        return join(key, ask(key, old));
    }

    /** Begins to look for a newer answer, unless that is being done; whoever gets the old one does not wait for it. */
    void refresh(CacheKey key, StoredAnswer old) {
        if (!running.containsKey(key)) {
            join(key, ask(key, old).subscribeOn(Schedulers.parallel()));
        }
    }

    private Mono<StoredAnswer> join(CacheKey key, Mono<StoredAnswer> request) {
        Sinks.One<StoredAnswer> sink = Sinks.one();
        Mono<StoredAnswer> result = sink.asMono();
        Mono<StoredAnswer> first = running.putIfAbsent(key, result);
        if (first != null) {
            return first;
        }
        request.doOnTerminate(() -> running.remove(key))
                .subscribe(sink::tryEmitValue, sink::tryEmitError, sink::tryEmitEmpty);
        return result;
    }

    private Mono<StoredAnswer> ask(CacheKey key, @Nullable StoredAnswer old) {
        Mono<StoredAnswer> asked = Mono.defer(() -> {
                    var stored = answers.find(key);
                    if (stored != null && stored.isFresh(ticker.read())) {
                        return Mono.just(stored); // another request was answered since this one looked
                    }
                    var request = new OriginRequest(key);
                    var response = new OriginResponse(maxAnswerBytes);
                    var moment = new StoredAnswer.Moment(keys.drops(), ticker.read(), clock.millis());
                    return origin.handle(request, response)
                            .timeout(maxWait)
                            .then(Mono.fromSupplier(() -> take(key, request, response, moment)));
                })
                .doOnError(e -> log.debug("GET {} failed", key.path(), e));
        return old == null
                ? asked
                : asked.doOnError(e -> old.refreshFailed(ticker.read())).doOnNext(answer -> {
                    if (answer.isServerError()) {
                        old.refreshFailed(ticker.read());
                    }
                });
    }

    private @Nullable StoredAnswer take(
            CacheKey key, OriginRequest request, OriginResponse response, StoredAnswer.Moment asked) {
        boolean shareable = response.isShareable();
        if (!shareable && !response.isServerError()) {
            answers.remove(key);
            return null;
        }
        var answer = new StoredAnswer(
                response,
                request.onEachServed(),
                keys.lastDrops(SharedCaching.surrogateKeys(response.getHeaders())),
                asked,
                metrics.timers(request));
        if (shareable) {
            answers.put(key, answer);
        }
        return answer;
    }
}
