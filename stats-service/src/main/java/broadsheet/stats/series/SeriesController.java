package broadsheet.stats.series;

import broadsheet.stats.TimeRange;
import broadsheet.stats.article.ArticleProblems;
import broadsheet.stats.article.Articles;
import broadsheet.stats.history.ArticleDays;
import broadsheet.stats.history.HistoryProperties;
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
    private final InstantSource clock;

    SeriesController(ArticleDays days, Articles articles, HistoryProperties kept, InstantSource clock) {
        this.days = days;
        this.articles = articles;
        this.kept = kept;
        this.clock = clock;
    }

    record SeriesResponse(String articleId, List<SeriesPoint> points) {}

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
        return days.find(id, range.starts().get(0), range.end())
                .switchIfEmpty(articles.find(id)
                        .switchIfEmpty(Mono.error(() -> ArticleProblems.unknown(id)))
                        .thenMany(Flux.empty()))
                .reduce(new SeriesBuilder(range, length), SeriesBuilder::add)
                .map(builder -> new SeriesResponse(id, builder.points()));
    }

    private void refuseMinutesThatAreGone(Instant from) {
        if (from.isBefore(clock.instant().minus(kept.minutesKept()))) {
            throw new InvalidFieldException(
                    "from", "must be within " + kept.minutesKept().toHours() + " hours for minutes");
        }
    }
}
