package broadsheet.stats.series;

import broadsheet.stats.TimeRange;
import broadsheet.stats.article.ArticleProblems;
import broadsheet.stats.article.Articles;
import broadsheet.stats.history.ArticleDays;
import broadsheet.stats.history.ArticleHours;
import broadsheet.stats.history.BotsAndDoubleClicks;
import broadsheet.stats.history.ExpiredHours;
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

/** An article's hits, visitors, bots and double clicks over time, in the days and months of a zone. */
@RestController
class SeriesController {

    private final ArticleHours hours;
    private final ArticleDays days;
    private final ExpiredHours expired;
    private final BotsAndDoubleClicks noHits;
    private final Articles articles;
    private final InstantSource clock;

    SeriesController(
            ArticleHours hours,
            ArticleDays days,
            ExpiredHours expired,
            BotsAndDoubleClicks noHits,
            Articles articles,
            InstantSource clock) {
        this.hours = hours;
        this.days = days;
        this.expired = expired;
        this.noHits = noHits;
        this.articles = articles;
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
        return expired.before()
                .flatMap(before -> builder(id, range, before))
                .flatMap(builder -> addBots(builder, id, range).thenReturn(builder))
                .map(builder -> new SeriesResponse(id, builder.points()));
    }

    /** Of the days before the hours that are kept, and of these. */
    private Mono<SeriesBuilder> builder(String id, SeriesRange range, Instant expiredBefore) {
        var builder = new SeriesBuilder(range, expiredBefore);
        Instant from = range.firstHour();
        Instant firstKept = from.isBefore(expiredBefore) ? expiredBefore : from;
        return Flux.concat(
                        days.find(id, from, firstKept).map(day -> (Runnable) () -> builder.add(day)),
                        hours.find(id, firstKept, range.end()).map(hour -> (Runnable) () -> builder.add(hour)))
                .switchIfEmpty(articles.find(id)
                        .switchIfEmpty(Mono.error(() -> ArticleProblems.unknown(id)))
                        .thenMany(Flux.empty()))
                .doOnNext(Runnable::run)
                .then(Mono.just(builder));
    }

    private Mono<Void> addBots(SeriesBuilder builder, String id, SeriesRange range) {
        return noHits.countedFrom()
                .doOnNext(builder::knowsBotsFrom)
                .thenMany(noHits.find(id, range.firstHour(), range.end()))
                .doOnNext(builder::add)
                .then();
    }
}
