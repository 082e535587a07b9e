package broadsheet.stats.series;

import broadsheet.stats.TimeRange;
import broadsheet.stats.history.Day;
import broadsheet.stats.history.DayVisitors;
import broadsheet.stats.history.SiteDays;
import broadsheet.stats.position.CountingLag;
import broadsheet.stats.rollup.SiteRollups;
import broadsheet.stats.store.StatsCollections;
import broadsheet.web.problem.InvalidFieldException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneId;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import reactor.core.publisher.Mono;

/** What was read of the whole site in a time, over time, and in the time before. */
@RestController
class OverviewController {

    private static final Duration CHANGING = Duration.ofDays(3);

    private final SiteDays days;
    private final SiteRollups rollups;
    private final CountingLag lag;
    private final InstantSource clock;

    OverviewController(SiteDays days, SiteRollups rollups, CountingLag lag, InstantSource clock) {
        this.days = days;
        this.rollups = rollups;
        this.lag = lag;
        this.clock = clock;
    }

    /**
     * The whole site's numbers. Of visitors those of each day in UTC, whatever they read; they are added up every few seconds.
     *
     * @param from of the first point, which is not after what was asked for
     * @param totals of all points together: who came in two hours of a day is one visitor
     * @param before the same of the time of the same length before
     */
    record OverviewResponse(
            Instant from,
            Instant to,
            SeriesPoint totals,
            SeriesPoint before,
            List<SeriesPoint> points,
            Instant asOf,
            @Nullable Long lagMillis,
            boolean complete) {}

    /** By default the interval's default length until now. */
    @GetMapping("/api/stats/overview")
    Mono<OverviewResponse> overview(
            @RequestParam(required = false) @Nullable Instant from,
            @RequestParam(required = false) @Nullable Instant to,
            @RequestParam(defaultValue = "day") String interval,
            @RequestParam(defaultValue = "UTC") ZoneId zone) {
        Interval length = Interval.of(interval);
        if (length == Interval.MINUTE) {
            throw new InvalidFieldException("interval", "must be hour, day or month for the whole site");
        }
        Instant end = TimeRange.end(to, clock);
        Instant start = from == null ? end.minus(length.defaultLength()) : from;
        SeriesRange range = SeriesRange.of(start, end, length, zone);
        Instant first = range.starts().get(0);
        Instant before = first.minus(Duration.between(first, range.end()));
        return lag.report() // first: what it calls complete is in what is read after it
                .flatMap(report -> siteDays(before, range.end())
                        .map(found -> new OverviewResponse(
                                first,
                                range.end(),
                                total(found, first, range.end()),
                                total(found, before, first),
                                points(found, range, length),
                                report.asOf(),
                                report.lagMillis(),
                                report.complete())));
    }

    /** Of days that change no more what was added up, once all were. */
    private Mono<List<Day>> siteDays(Instant from, Instant to) {
        Instant recent = clock.instant().minus(CHANGING).truncatedTo(ChronoUnit.DAYS);
        if (!from.isBefore(recent)) {
            return counted(from, to);
        }
        Instant since = to.isBefore(recent) ? to : recent;
        return Mono.zipDelayError(
                        rollups.haveAllDays(),
                        rollups.days(from, since).map(Day.class::cast).collectList(),
                        since.isBefore(to) ? counted(since, to) : Mono.just(List.<Day>of()))
                .onErrorMap(StatsCollections::first)
                .flatMap(found -> found.getT1()
                        ? Mono.just(Stream.of(found.getT2(), found.getT3())
                                .flatMap(List::stream)
                                .toList())
                        : counted(from, to));
    }

    private Mono<List<Day>> counted(Instant from, Instant to) {
        return Mono.zipDelayError(days.counts(from, to), rollups.visitors(from, to))
                .onErrorMap(StatsCollections::first)
                .map(found -> found.getT1().entrySet().stream()
                        .map(day -> (Day) new SiteDay(
                                day.getKey(),
                                day.getValue(),
                                found.getT2().getOrDefault(day.getKey(), DayVisitors.none())))
                        .toList());
    }

    private static SeriesPoint total(List<Day> days, Instant from, Instant to) {
        return points(days, new SeriesRange(List.of(from), to), Interval.DAY).get(0);
    }

    private static List<SeriesPoint> points(List<Day> days, SeriesRange range, Interval interval) {
        var builder = new SeriesBuilder(range, interval);
        days.forEach(builder::add);
        return builder.points();
    }
}
