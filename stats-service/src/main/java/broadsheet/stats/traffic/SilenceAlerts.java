package broadsheet.stats.traffic;

import broadsheet.stats.ledger.LedgerHours;
import broadsheet.stats.milestone.Milestone;
import broadsheet.stats.milestone.MilestoneSender;
import broadsheet.stats.position.CountingLag;
import broadsheet.stats.position.PartitionPosition;
import broadsheet.stats.position.ServedPositions;
import broadsheet.store.PeriodicWork;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Mono;

/** Looks each minute whether views have stopped to arrive, which no article shows: once for each silence. */
@Component
class SilenceAlerts extends PeriodicWork {

    private static final Duration LOOKED_EVERY = Duration.ofMinutes(1);
    private static final Duration SHORTEST = Duration.ofMinutes(5);
    private static final Duration LONGEST = Duration.ofHours(6); // what a site with hardly any readers is judged by

    /** Where so many are expected, none comes by chance once in a million times (Poisson). */
    private static final long ENOUGH = 14;

    private final ServedPositions positions;
    private final LedgerHours ledger;
    private final CountingLag lag;
    private final MilestoneSender milestones;
    private final InstantSource clock;

    SilenceAlerts(
            ServedPositions positions,
            LedgerHours ledger,
            CountingLag lag,
            MilestoneSender milestones,
            InstantSource clock) {
        super(LOOKED_EVERY, LOOKED_EVERY);
        this.positions = positions;
        this.ledger = ledger;
        this.lag = lag;
        this.milestones = milestones;
        this.clock = clock;
    }

    @Override
    protected Mono<Void> run() {
        return lag.report().filter(CountingLag.Report::complete).flatMap(counted -> look());
    }

    /** Completes once what was noticed is stored. */
    Mono<Void> look() {
        Instant now = clock.instant();
        return positions
                .all()
                .flatMap(all -> Mono.justOrEmpty(lastView(all.values())))
                .filter(last -> last.isBefore(now.minus(SHORTEST)))
                .flatMap(last -> look(last, now));
    }

    private static Optional<Instant> lastView(Collection<PartitionPosition> positions) {
        return positions.stream().map(PartitionPosition::clock).max(Comparator.naturalOrder());
    }

    private Mono<Void> look(Instant last, Instant now) {
        Instant end = last.plus(LONGEST).isBefore(now) ? last.plus(LONGEST) : now;
        return ledger.received(last.minus(Duration.ofDays(UsualViews.DAYS + 1)), now)
                .map(byHour -> new UsualViews(byHour).between(last, end))
                .filter(expected -> expected >= ENOUGH)
                .flatMap(expected -> milestones.send(List.of(Milestone.viewsStopped(last, expected, now))));
    }
}
