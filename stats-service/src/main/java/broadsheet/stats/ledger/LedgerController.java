package broadsheet.stats.ledger;

import broadsheet.stats.TimeRange;
import broadsheet.stats.imported.ImportedHits;
import broadsheet.stats.position.CountingLag;
import broadsheet.stats.position.ServedPositions;
import broadsheet.stats.store.StatsCollections;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import reactor.core.publisher.Mono;

/** How every record that was received is classified, hour by hour. */
@RestController
class LedgerController {

    private static final Duration MAX_LENGTH = Duration.ofDays(31);

    private final LedgerHours hours;
    private final ServedPositions positions;
    private final ImportedHits imported;
    private final CountingLag lag;
    private final InstantSource clock;

    LedgerController(
            LedgerHours hours, ServedPositions positions, ImportedHits imported, CountingLag lag, InstantSource clock) {
        this.hours = hours;
        this.positions = positions;
        this.imported = imported;
        this.lag = lag;
        this.clock = clock;
    }

    /**
     * Of a range.
     *
     * @param imported no part of the equation and of no range: all hits that were counted elsewhere, and are added to those
     *     shown
     * @param asOf the moment that it is true of
     * @param lagMillis age of the oldest view that may not be counted, at most; null while Kafka does not answer
     * @param complete whether every view that was acknowledged by then is counted
     */
    record LedgerResponse(
            List<LedgerHour> items,
            @Nullable String nextCursor,
            LedgerColumns totals,
            long imported,
            Instant asOf,
            @Nullable Long lagMillis,
            boolean complete) {}

    /** The hours that begin in {@code [from, to)}; without times the last 24. Hours without views are left out. */
    @GetMapping("/api/stats/ledger")
    Mono<LedgerResponse> ledger(
            @RequestParam(required = false) @Nullable Instant from,
            @RequestParam(required = false) @Nullable Instant to) {
        Instant end = TimeRange.end(to, clock);
        Instant start = from == null ? end.minus(Duration.ofDays(1)).truncatedTo(ChronoUnit.HOURS) : from;
        TimeRange.check(start, end, MAX_LENGTH);
        return lag.report() // first: what it calls complete is in what is read after it
                .flatMap(report -> ledger(start, end, report));
    }

    private Mono<LedgerResponse> ledger(Instant start, Instant end, CountingLag.Report report) {
        return Mono.zipDelayError(hours.find(start, end).collectList(), positions.lost(start, end), imported.all())
                .onErrorMap(StatsCollections::first)
                .map(found -> response(withLost(found.getT1(), found.getT2()), found.getT3(), report));
    }

    private static LedgerResponse response(List<LedgerHour> hours, long imported, CountingLag.Report lag) {
        return new LedgerResponse(
                hours, null, LedgerColumns.sum(hours), imported, lag.asOf(), lag.lagMillis(), lag.complete());
    }

    private static List<LedgerHour> withLost(List<LedgerHour> hours, Map<Instant, Long> lost) {
        var all = new TreeMap<Instant, LedgerColumns>();
        hours.forEach(hour -> all.put(hour.hour(), hour.columns()));
        lost.forEach((hour, records) ->
                all.put(hour, all.getOrDefault(hour, LedgerColumns.NOTHING).withLost(records)));
        return all.entrySet().stream()
                .map(hour -> new LedgerHour(hour.getKey(), hour.getValue()))
                .toList();
    }
}
