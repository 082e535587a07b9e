package broadsheet.stats.series;

import static com.mongodb.client.model.Filters.and;
import static com.mongodb.client.model.Filters.eq;
import static com.mongodb.client.model.Filters.gte;
import static com.mongodb.client.model.Filters.lt;
import static com.mongodb.client.model.Projections.exclude;

import broadsheet.stats.StatsCollections;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Date;
import java.util.List;
import org.bson.conversions.Bson;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Mono;

/** Points of an article's history from the hours it is kept in. */
@Component
class Series {

    private final StatsCollections collections;

    Series(StatsCollections collections) {
        this.collections = collections;
    }

    Mono<List<Point>> points(String articleId, Span span) {
        return collections
                .read(
                        StatsCollections.HOURS,
                        hours -> hours.find(and(eq("articleId", articleId), within(span)))
                                .projection(exclude("fence")))
                .collect(() -> new Points(span), Points::add)
                .map(Points::toList);
    }

    /** A zone's day may begin within one of our hours. */
    private static Bson within(Span span) {
        return and(
                gte("start", Date.from(span.start().truncatedTo(ChronoUnit.HOURS))),
                lt("start", Date.from(span.end())));
    }

    /**
     * A point.
     *
     * @param visitors null where a point is not made of whole hours, for which visitors are kept
     */
    record Point(Instant start, long hits, @Nullable Long visitors) {}
}
