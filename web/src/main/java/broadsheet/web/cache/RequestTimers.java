package broadsheet.web.cache;

import io.micrometer.common.KeyValues;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tag;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.Timer;
import java.util.concurrent.TimeUnit;
import org.springframework.http.HttpMethod;
import org.springframework.http.HttpStatus;
import org.springframework.http.HttpStatusCode;

/**
 * Counts requests that the cache answers in {@code http.server.requests}, with the tags that the origin's answer had. The
 * timers of an answer are looked up once.
 */
final class RequestTimers {

    private final MeterRegistry registry;
    private final Tags tags;
    private final Timer get;
    private final Timer notModified;

    RequestTimers(MeterRegistry registry, KeyValues origin) {
        this.registry = registry;
        this.tags = Tags.of(origin.stream()
                        .map(tag -> Tag.of(tag.getKey(), tag.getValue()))
                        .toList())
                .and("error", "none");
        this.get = timer(tags);
        this.notModified = timer(notModified(tags));
    }

    void record(HttpMethod method, boolean known, long nanos) {
        timer(method.name().equals("HEAD"), known).record(nanos, TimeUnit.NANOSECONDS);
    }

    private Timer timer(boolean head, boolean known) {
        if (head) {
            return timer((known ? notModified(tags) : tags).and("method", "HEAD"));
        }
        return known ? notModified : get;
    }

    private Timer timer(Tags tags) {
        return registry.timer("http.server.requests", tags);
    }

    private static Tags notModified(Tags tags) {
        HttpStatusCode status = HttpStatus.NOT_MODIFIED;
        return tags.and("status", String.valueOf(status.value()), "outcome", "REDIRECTION");
    }
}
