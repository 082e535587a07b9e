package broadsheet.stats.series;

import broadsheet.stats.TimeRange;
import broadsheet.stats.article.ArticleProblems;
import broadsheet.stats.article.Articles;
import broadsheet.stats.history.ArticleHours;
import broadsheet.stats.history.BotsAndDoubleClicks;
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
    private final BotsAndDoubleClicks noHits;
    private final Articles articles;
    private final InstantSource clock;

    SeriesController(ArticleHours hours, BotsAndDoubleClicks noHits, Articles articles, InstantSource clock) {
        this.hours = hours;
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
        return hours.find(id, range.firstHour(), range.end())
                .switchIfEmpty(articles.find(id)
                        .switchIfEmpty(Mono.error(() -> ArticleProblems.unknown(id)))
                        .thenMany(Flux.empty()))
                .collect(() -> new SeriesBuilder(range), SeriesBuilder::add)
                .flatMap(builder -> addBots(builder, id, range).thenReturn(builder))
                .map(builder -> new SeriesResponse(id, builder.points()));
    }

    private Mono<Void> addBots(SeriesBuilder builder, String id, SeriesRange range) {
        return noHits.countedFrom()
                .doOnNext(builder::knowsBotsFrom)
                .thenMany(noHits.find(id, range.firstHour(), range.end()))
                .doOnNext(builder::add)
                .then();
    }
}
