package broadsheet.web.cache;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.Timer;
import java.util.concurrent.TimeUnit;
import org.springframework.http.HttpMethod;

/**
 * Counts requests that the cache answers in {@code http.server.requests}, with the tags that the origin's answer had. The
 * timers of an answer are looked up once.
 */
final class RequestTimers {

    private final MeterRegistry registry;
    private final Tags tags;
    private final Timer get;
    private final Timer notModified;

    RequestTimers(MeterRegistry registry, Tags tags) {
        this.registry = registry;
        this.tags = tags;
        this.get = timer(tags);
        this.notModified = timer(notModified());
    }

    void record(HttpMethod method, boolean known, long nanos) {
        Timer timer = known ? notModified : get;
        if (HttpMethod.HEAD.equals(method)) {
            timer = timer((known ? notModified() : tags).and("method", "HEAD"));
        }
        timer.record(nanos, TimeUnit.NANOSECONDS);
    }

    private Tags notModified() {
        return tags.and("status", "304", "outcome", "REDIRECTION");
    }

    private Timer timer(Tags tags) {
        return registry.timer("http.server.requests", tags);
    }
}
