package broadsheet.article.schedule;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/**
 * For how long an article has waited beyond its time. It knows the next one's time from the last look at the store, so
 * that it also grows while nobody can look.
 */
@Component
class ScheduleLag {

    private final InstantSource clock;
    private volatile @Nullable Instant next;

    ScheduleLag(InstantSource clock, MeterRegistry metrics) {
        this.clock = clock;
        Gauge.builder("broadsheet.schedule.lag", this, lag -> lag.now().toMillis() / 1_000.0)
                .baseUnit("seconds")
                .description("For how long an article has waited beyond the time at which it is to be published")
                .register(metrics);
    }

    /** @param at when the first article that still waits is due; null where none does */
    void nextIs(@Nullable Instant at) {
        next = at;
    }

    Duration now() {
        Instant due = next;
        Instant now = clock.instant();
        return due == null || due.isAfter(now) ? Duration.ZERO : Duration.between(due, now);
    }
}
