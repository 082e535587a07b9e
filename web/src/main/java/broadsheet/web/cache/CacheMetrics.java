package broadsheet.web.cache;

import broadsheet.web.problem.LogThrottle;
import io.micrometer.common.KeyValues;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tag;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.Timer;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.http.server.reactive.observation.ServerRequestObservationContext;
import org.springframework.http.server.reactive.observation.ServerRequestObservationConvention;

/** What the cache does, under the names that Micrometer gives to caches; the tag {@code cache} is {@code http}. */
final class CacheMetrics {

    private static final Logger log = LoggerFactory.getLogger(CacheMetrics.class);

    private final MeterRegistry registry;
    private final ServerRequestObservationConvention convention;
    private final Counter hits;
    private final Counter misses;
    private final Counter stale;
    private final Counter passed;
    private final Timer staleIfError;
    private final LogThrottle warnings = new LogThrottle(Duration.ofSeconds(10));

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
        return Counter.builder("cache.gets")
                .description("Requests, by what the cache made of them")
                .tags("cache", "http", "result", result)
                .register(registry);
    }

    /** Shows how much one server of the process has stored: the first, which is the one of the site. */
    void watch(StoredAnswers answers) {
        if (registry.find("cache.size").tag("cache", "http").gauge() != null) {
            return; // Micrometer would warn of a second one
        }
        Gauge.builder("cache.size", answers, StoredAnswers::size)
                .description("Answers that are stored")
                .tag("cache", "http")
                .register(registry);
        Gauge.builder("cache.weight", answers, StoredAnswers::bytes)
                .description("Size of the answers that are stored")
                .baseUnit("bytes")
                .tag("cache", "http")
                .register(registry);
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
        if (warnings.isDue()) {
            long seconds = TimeUnit.NANOSECONDS.toSeconds(ageNanos);
            log.warn("{} is served {} s old, as no newer answer can be had", key.path(), seconds);
        }
    }

    /** The timers of the call that the origin answered. */
    RequestTimers timers(OriginRequest request) {
        KeyValues values = ServerRequestObservationContext.findCurrent(request.getAttributes())
                .map(convention::getLowCardinalityKeyValues)
                .orElseGet(KeyValues::empty);
        Tags tags = Tags.of(
                values.stream().map(tag -> Tag.of(tag.getKey(), tag.getValue())).toList());
        return new RequestTimers(registry, tags.and("error", "none"));
    }
}
