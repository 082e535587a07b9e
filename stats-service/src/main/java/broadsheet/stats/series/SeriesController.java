package broadsheet.stats.series;

import broadsheet.stats.TimeRange;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneId;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import reactor.core.publisher.Mono;

/** An article's hits and visitors over time, in the days and months of a zone. */
@RestController
class SeriesController {

    private final Series series;
    private final InstantSource clock;

    SeriesController(Series series, InstantSource clock) {
        this.series = series;
        this.clock = clock;
    }

    record SeriesResponse(String articleId, List<Series.Point> points) {}

    /** Every point between the times, those without hits too; without times what the interval usually shows. */
    @GetMapping("/api/stats/articles/{id}/series")
    Mono<SeriesResponse> series(
            @PathVariable String id,
            @RequestParam(required = false) @Nullable Instant from,
            @RequestParam(required = false) @Nullable Instant to,
            @RequestParam(defaultValue = "hour") String interval,
            @RequestParam(defaultValue = "UTC") ZoneId zone) {
        Interval asked = Interval.of(interval);
        Instant end = TimeRange.end(to, clock);
        Instant start = from == null ? end.minus(asked.usual()) : from;
        return series.points(id, Span.of(start, end, asked, zone)).map(points -> new SeriesResponse(id, points));
    }
}
