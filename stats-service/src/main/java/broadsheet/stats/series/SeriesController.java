package broadsheet.stats.series;

import broadsheet.stats.TimeRange;
import broadsheet.stats.article.ArticleProblems;
import broadsheet.stats.article.Articles;
import broadsheet.stats.history.ArticleDays;
import broadsheet.stats.history.HistoryProperties;
import broadsheet.stats.position.CountingLag;
import broadsheet.web.problem.InvalidFieldException;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneId;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** An article's hits, visitors and other views over time, in the days and months of a zone. */
@RestController
class SeriesController {

    private final ArticleDays days;
    private final Articles articles;
    private final HistoryProperties kept;
    private final CountingLag lag;
    private final InstantSource clock;

    SeriesController(
            ArticleDays days, Articles articles, HistoryProperties kept, CountingLag lag, InstantSource clock) {
        this.days = days;
        this.articles = articles;
        this.kept = kept;
        this.lag = lag;
        this.clock = clock;
    }

    /**
     * An article's points.
     *
     * @param asOf the moment that they are true of
     * @param lagMillis age of the oldest view that may not be counted, at most; null while Kafka does not answer
     * @param complete whether every view that was acknowledged by then is counted
     */
    record SeriesResponse(
            String articleId,
            List<SeriesPoint> points,
            Instant asOf,
            @Nullable Long lagMillis,
            boolean complete) {}

    /** Every point between the times, those without hits too; without times the interval's default length until now. */
    @GetMapping("/api/stats/articles/{id}/series")
    Mono<SeriesResponse> series(
            @PathVariable String id,
            @RequestParam(required = false) @Nullable Instant from,
            @RequestParam(required = false) @Nullable Instant to,
            @RequestParam(defaultValue = "hour") String interval,
            @RequestParam(defaultValue = "UTC") ZoneId zone) {
        Interval length = Interval.of(interval);
        Instant end = TimeRange.end(to, clock);
        Instant start = from == null ? end.minus(length.defaultLength()) : from;
        SeriesRange range = SeriesRange.of(start, end, length, zone);
        if (length == Interval.MINUTE) {
            refuseMinutesThatAreGone(range.starts().get(0));
        }
        return lag.report() // first: what it calls complete is in what is read after it
                .flatMap(report -> builder(id, range, length)
                        .map(builder -> new SeriesResponse(
                                id, builder.points(), report.asOf(), report.lagMillis(), report.complete())));
    }

    private Mono<SeriesBuilder> builder(String id, SeriesRange range, Interval length) {
        return days.find(id, range.starts().get(0), range.end())
                .switchIfEmpty(articles.find(id)
                        .switchIfEmpty(Mono.error(() -> ArticleProblems.unknown(id)))
                        .thenMany(Flux.empty()))
                .reduce(new SeriesBuilder(range, length), SeriesBuilder::add);
    }

    private void refuseMinutesThatAreGone(Instant from) {
        if (from.isBefore(clock.instant().minus(kept.minutesKept()))) {
            throw new InvalidFieldException(
                    "from", "must be within " + kept.minutesKept().toHours() + " hours for minutes");
        }
    }
}
