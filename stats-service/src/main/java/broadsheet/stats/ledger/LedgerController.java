package broadsheet.stats.ledger;

import static com.mongodb.client.model.Filters.and;
import static com.mongodb.client.model.Filters.gte;
import static com.mongodb.client.model.Filters.lt;
import static com.mongodb.client.model.Sorts.ascending;

import broadsheet.stats.StatsCollections;
import broadsheet.stats.TimeRange;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.Date;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** What became of every view that was received, hour by hour. */
@RestController
class LedgerController {

    private static final Duration LONGEST = Duration.ofDays(31);

    private final StatsCollections collections;
    private final InstantSource clock;

    LedgerController(StatsCollections collections, InstantSource clock) {
        this.collections = collections;
        this.clock = clock;
    }

    record LedgerResponse(List<LedgerHour> items, @Nullable String nextCursor, LedgerColumns totals) {}

    /** The hours that begin in {@code [from, to)}; without times the last 24. Hours without views are left out. */
    @GetMapping("/api/stats/ledger")
    Mono<LedgerResponse> ledger(
            @RequestParam(required = false) @Nullable Instant from,
            @RequestParam(required = false) @Nullable Instant to) {
        Instant end = TimeRange.end(to, clock);
        Instant start = from == null ? end.minus(Duration.ofDays(1)).truncatedTo(ChronoUnit.HOURS) : from;
        TimeRange.check(start, end, LONGEST);
        return hours(start, end).collectList().map(hours -> new LedgerResponse(hours, null, LedgerColumns.sum(hours)));
    }

    private Flux<LedgerHour> hours(Instant start, Instant end) {
        return collections
                .read(
                        StatsCollections.LEDGER,
                        ledger -> ledger.find(and(gte("start", Date.from(start)), lt("start", Date.from(end))))
                                .sort(ascending("start")))
                .map(LedgerHour::of);
    }
}
