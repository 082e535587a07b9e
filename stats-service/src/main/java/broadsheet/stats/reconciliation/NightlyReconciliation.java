package broadsheet.stats.reconciliation;

import broadsheet.store.PeriodicWork;
import java.time.Duration;
import java.time.InstantSource;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Mono;

/** Compares the projections once a night, on the instance that is first to store that it does. */
@Component
class NightlyReconciliation extends PeriodicWork {

    private static final Logger log = LoggerFactory.getLogger(NightlyReconciliation.class);
    private static final Duration CHECK_EVERY = Duration.ofMinutes(1);

    private final ReconciliationRuns runs;
    private final LocalTime at;
    private final InstantSource clock;
    private @Nullable LocalDate lastDay;

    NightlyReconciliation(ReconciliationRuns runs, ReconciliationProperties properties, InstantSource clock) {
        super(CHECK_EVERY, CHECK_EVERY);
        this.runs = runs;
        this.at = properties.nightlyAt();
        this.clock = clock;
    }

    /** A store that is away is asked again with the next check. */
    @Override
    protected Mono<Void> run() {
        OffsetDateTime now = clock.instant().atOffset(ZoneOffset.UTC);
        LocalDate today = now.toLocalDate();
        boolean due = !today.equals(lastDay) && !now.toLocalTime().isBefore(at);
        return !due
                ? Mono.empty()
                : runs.begin(today.toString())
                        .doOnSuccess(begun -> lastDay = today)
                        .doOnError(e -> log.debug("Tonight's reconciliation cannot begin yet", e))
                        .onErrorComplete()
                        .then();
    }
}
