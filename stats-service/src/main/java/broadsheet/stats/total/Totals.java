package broadsheet.stats.total;

import static com.mongodb.client.model.Accumulators.sum;
import static com.mongodb.client.model.Aggregates.group;
import static com.mongodb.client.model.Aggregates.match;
import static com.mongodb.client.model.Filters.eq;
import static com.mongodb.client.model.Filters.in;
import static com.mongodb.client.model.Projections.include;

import broadsheet.stats.StatsCollections;
import java.util.List;
import java.util.Map;
import org.bson.Document;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Mono;

/** What was counted of an article since ever. */
@Component
class Totals {

    private final StatsCollections collections;

    Totals(StatsCollections collections) {
        this.collections = collections;
    }

    /** An article that nobody has opened is not in the answer. */
    Mono<Map<String, Long>> hits(List<String> articleIds) {
        return collections
                .read(
                        StatsCollections.TOTALS,
                        totals -> totals.find(in("_id", articleIds)).projection(include("hits")))
                .collectMap(total -> total.getString("_id"), total -> total.getLong("hits"));
    }

    Mono<Total> find(String articleId) {
        return collections
                .read(
                        StatsCollections.TOTALS,
                        totals -> totals.find(eq("_id", articleId)).projection(include("hits", "bots")))
                .next()
                .zipWith(
                        visitors(articleId),
                        (total, visitors) -> new Total(total.getLong("hits"), visitors, total.getLong("bots")));
    }

    /** The sum of the days' unique visitors: a visitor's key lives for a day. */
    private Mono<Long> visitors(String articleId) {
        return collections
                .read(
                        StatsCollections.DAYS,
                        days -> days.aggregate(
                                List.of(match(eq("articleId", articleId)), group(null, sum("visitors", "$visitors")))))
                .map((Document all) -> all.get("visitors", Number.class).longValue())
                .next()
                .defaultIfEmpty(0L);
    }

    record Total(long hits, long visitors, long bots) {
        static final Total NOTHING = new Total(0, 0, 0);
    }
}
