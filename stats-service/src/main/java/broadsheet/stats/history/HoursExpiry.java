package broadsheet.stats.history;

import broadsheet.store.PeriodicWork;
import java.time.Duration;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Mono;

/** Lets hours expire that are older than is set, once an hour, on every instance; does nothing where nothing is set. */
@Component
class HoursExpiry extends PeriodicWork {

    private static final Duration EVERY = Duration.ofHours(1);

    private final HistoryProperties properties;
    private final ExpiredHours expired;
    private final InstantSource clock;

    HoursExpiry(HistoryProperties properties, ExpiredHours expired, InstantSource clock) {
        super(Duration.ofMinutes(1), EVERY);
        this.properties = properties;
        this.expired = expired;
        this.clock = clock;
    }

    @Override
    protected Mono<Void> run() {
        return Mono.justOrEmpty(properties.hoursKept()).flatMap(this::expire);
    }

    Mono<Void> expire(Duration kept) {
        return Mono.defer(() -> expired.expireBefore(clock.instant().minus(kept).truncatedTo(ChronoUnit.DAYS)));
    }
}
