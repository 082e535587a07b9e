package broadsheet.stats.history;

import broadsheet.stats.RepeatedWork;
import java.time.Duration;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;
import reactor.core.Disposable;
import reactor.core.Disposables;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** Lets hours expire that are older than is set, once an hour, on every instance; does nothing where nothing is set. */
@Component
class HoursExpiry extends RepeatedWork {

    private static final Logger log = LoggerFactory.getLogger(HoursExpiry.class);
    private static final Duration EVERY = Duration.ofHours(1);

    private final HistoryProperties properties;
    private final ExpiredHours expired;
    private final InstantSource clock;

    HoursExpiry(HistoryProperties properties, ExpiredHours expired, InstantSource clock) {
        this.properties = properties;
        this.expired = expired;
        this.clock = clock;
    }

    @Override
    protected Disposable begin() {
        Duration kept = properties.hoursKept();
        return kept == null
                ? Disposables.disposed()
                : Flux.interval(Duration.ofMinutes(1), EVERY)
                        .onBackpressureDrop()
                        .concatMap(
                                tick -> expire(kept).onErrorResume(e -> {
                                    log.warn("Old hours cannot be deleted now: {}", e.toString());
                                    return Mono.empty();
                                }),
                                1)
                        .subscribe();
    }

    Mono<Void> expire(Duration kept) {
        return Mono.defer(() -> expired.expireBefore(clock.instant().minus(kept).truncatedTo(ChronoUnit.DAYS)));
    }
}
