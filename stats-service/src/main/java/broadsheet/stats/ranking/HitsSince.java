package broadsheet.stats.ranking;

import static com.mongodb.client.model.Accumulators.sum;
import static com.mongodb.client.model.Aggregates.group;
import static com.mongodb.client.model.Aggregates.match;
import static com.mongodb.client.model.Filters.and;
import static com.mongodb.client.model.Filters.eq;
import static com.mongodb.client.model.Filters.gte;
import static com.mongodb.client.model.Filters.lt;
import static com.mongodb.client.model.Projections.include;
import static java.time.ZoneOffset.UTC;

import broadsheet.stats.StatsCollections;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Date;
import java.util.List;
import org.bson.Document;
import org.bson.conversions.Bson;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Flux;

/** Hits of every article from a minute on: from the minutes of its hour, the hours of its day, and the days after. */
@Component
class HitsSince {

    private final StatsCollections collections;

    HitsSince(StatsCollections collections) {
        this.collections = collections;
    }

    record Hits(String articleId, long hits) {}

    /** An article may come more than once, with parts of its hits. */
    Flux<Hits> parts(Instant start) {
        Instant hour = start.truncatedTo(ChronoUnit.HOURS);
        Instant nextHour = hour.plus(Duration.ofHours(1));
        Instant nextDay = nextHour.equals(nextHour.truncatedTo(ChronoUnit.DAYS))
                ? nextHour
                : nextHour.truncatedTo(ChronoUnit.DAYS).plus(Duration.ofDays(1));
        return Flux.merge(
                minutes(hour, start.atOffset(UTC).getMinute()),
                sums(StatsCollections.HOURS, and(from(nextHour), lt("start", Date.from(nextDay)))),
                sums(StatsCollections.DAYS, from(nextDay)));
    }

    Flux<Hits> ever() {
        return collections
                .read(StatsCollections.TOTALS, totals -> totals.find().projection(include("hits")))
                .map(total -> new Hits(total.getString("_id"), total.getLong("hits")));
    }

    private Flux<Hits> minutes(Instant hour, int from) {
        return collections
                .read(
                        StatsCollections.HOURS,
                        hours -> hours.find(eq("start", Date.from(hour))).projection(include("articleId", "minutes")))
                .map(stored -> new Hits(stored.getString("articleId"), since(stored, from)));
    }

    private static long since(Document hour, int from) {
        return hour.get("minutes", Document.class).entrySet().stream()
                .filter(minute -> Integer.parseInt(minute.getKey()) >= from)
                .mapToLong(minute -> ((Number) minute.getValue()).longValue())
                .sum();
    }

    private Flux<Hits> sums(String collection, Bson filter) {
        return collections
                .read(
                        collection,
                        buckets -> buckets.aggregate(List.of(match(filter), group("$articleId", sum("hits", "$hits")))))
                .map(sum -> new Hits(
                        sum.getString("_id"), sum.get("hits", Number.class).longValue()));
    }

    private static Bson from(Instant start) {
        return gte("start", Date.from(start));
    }
}
