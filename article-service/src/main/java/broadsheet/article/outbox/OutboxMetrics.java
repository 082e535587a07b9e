package broadsheet.article.outbox;

import broadsheet.store.PeriodicWork;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Mono;

/**
 * How many documents have events that Kafka has not acknowledged, a thousand of each collection at most, and for how long
 * the oldest event has waited. Looked up every ten seconds by every instance; the age also grows while nobody can look.
 */
@Component
final class OutboxMetrics extends PeriodicWork {

    private static final Duration EVERY = Duration.ofSeconds(10);
    private static final int MOST = 1_000;
    private static final int TIME_ORDERED = 7;

    private final Outbox outbox;
    private final InstantSource clock;
    private volatile long waiting;
    private volatile @Nullable Instant oldest;

    OutboxMetrics(Outbox outbox, InstantSource clock, MeterRegistry metrics) {
        super(EVERY, EVERY);
        this.outbox = outbox;
        this.clock = clock;
        Gauge.builder("broadsheet.outbox.documents", this, now -> now.waiting)
                .description(
                        "Documents with events that Kafka has not acknowledged, a thousand of each collection at most")
                .register(metrics);
        Gauge.builder("broadsheet.outbox.age", this, now -> now.age().toMillis() / 1_000.0)
                .baseUnit("seconds")
                .description("For how long the oldest event has waited to be sent to Kafka")
                .register(metrics);
    }

    @Override
    protected Mono<Void> run() {
        return outbox.waiting(MOST)
                .doOnNext(found -> {
                    waiting = found.documents();
                    String first = found.oldestEventId();
                    oldest = first == null ? null : time(first);
                })
                .then();
    }

    Duration age() {
        Instant since = oldest;
        Instant now = clock.instant();
        return since == null || since.isAfter(now) ? Duration.ZERO : Duration.between(since, now);
    }

    /** An event's id says when it was made (UUIDv7). */
    private static @Nullable Instant time(String eventId) {
        UUID id = UUID.fromString(eventId);
        return id.version() == TIME_ORDERED ? Instant.ofEpochMilli(id.getMostSignificantBits() >>> 16) : null;
    }
}
