package broadsheet.web.cache;

import io.micrometer.common.KeyValues;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.ToDoubleFunction;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.http.server.reactive.observation.ServerRequestObservationContext;
import org.springframework.http.server.reactive.observation.ServerRequestObservationConvention;

/** What the cache does, under the names that Micrometer gives to caches; the tag {@code cache} is {@code http}. */
final class CacheMetrics {

    private static final Logger log = LoggerFactory.getLogger(SharedHttpCache.class);
    private static final long WARN_EVERY = TimeUnit.SECONDS.toNanos(10);

    private final MeterRegistry registry;
    private final ServerRequestObservationConvention convention;
    private final Counter hits;
    private final Counter misses;
    private final Counter stale;
    private final Counter passed;
    private final Timer staleIfError;
    private final AtomicLong warned = new AtomicLong(System.nanoTime() - WARN_EVERY);

    CacheMetrics(MeterRegistry registry, ServerRequestObservationConvention convention) {
        this.registry = registry;
        this.convention = convention;
        this.hits = gets("hit");
        this.misses = gets("miss");
        this.stale = gets("stale");
        this.passed = gets("pass");
        this.staleIfError = Timer.builder("cache.stale.if.error")
                .description("Age of answers that were served because no newer one could be had")
                .tag("cache", "http")
                .register(registry);
    }

    private Counter gets(String result) {
        return registry.counter("cache.gets", "cache", "http", "result", result);
    }

    void watch(AnswerStore store) {
        gauge("cache.size", "answers", store, AnswerStore::size);
        gauge("cache.weight", "bytes", store, AnswerStore::bytes);
    }

    private void gauge(String name, String unit, AnswerStore store, ToDoubleFunction<AnswerStore> value) {
        Gauge.builder(name, store, value).baseUnit(unit).tag("cache", "http").register(registry);
    }

    void hit() {
        hits.increment();
    }

    void miss() {
        misses.increment();
    }

    void stale() {
        stale.increment();
    }

    void passed() {
        passed.increment();
    }

    void staleIfError(CacheKey key, long ageNanos) {
        stale.increment();
        staleIfError.record(ageNanos, TimeUnit.NANOSECONDS);
        long before = warned.get();
        long now = System.nanoTime();
        if (now - before >= WARN_EVERY && warned.compareAndSet(before, now)) {
            log.warn(
                    "{} is served although {} s old: no newer answer can be had",
                    key.path(),
                    TimeUnit.NANOSECONDS.toSeconds(ageNanos));
        }
    }

    /** The timers of the call that the origin answered. */
    RequestTimers timers(OriginRequest request) {
        return new RequestTimers(
                registry,
                ServerRequestObservationContext.findCurrent(request.getAttributes())
                        .map(convention::getLowCardinalityKeyValues)
                        .orElseGet(KeyValues::empty));
    }
}
