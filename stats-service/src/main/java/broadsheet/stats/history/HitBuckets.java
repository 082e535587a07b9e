package broadsheet.stats.history;

import static com.mongodb.client.model.Accumulators.sum;
import static com.mongodb.client.model.Aggregates.group;
import static com.mongodb.client.model.Aggregates.match;
import static com.mongodb.client.model.Filters.and;
import static com.mongodb.client.model.Filters.gte;
import static com.mongodb.client.model.Filters.lt;
import static com.mongodb.client.model.Indexes.ascending;
import static com.mongodb.client.model.Updates.combine;
import static com.mongodb.client.model.Updates.inc;
import static com.mongodb.client.model.Updates.set;

import broadsheet.events.ArticleViewed;
import broadsheet.stats.HitCount;
import broadsheet.stats.generation.ServedCollections;
import broadsheet.stats.projection.FencedSum;
import broadsheet.stats.visitor.StoredVisitors;
import com.mongodb.client.model.IndexModel;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Date;
import java.util.List;
import org.bson.Document;
import org.bson.conversions.Bson;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** What an article's hours and days have in common: its id, their start, their hits and visitors. */
final class HitBuckets {

    static final String ARTICLE_ID = "articleId";
    static final String START = "start";
    static final String HITS = "hits";

    static final List<IndexModel> INDEXES =
            List.of(new IndexModel(ascending(ARTICLE_ID, START)), new IndexModel(ascending(START, HITS, ARTICLE_ID)));

    private HitBuckets() {}

    static Bson count(List<ArticleViewed> views, Instant start, Document stored, int precision) {
        return combine(
                set(ARTICLE_ID, views.get(0).articleId()),
                set(START, Date.from(start)),
                inc(HITS, (long) views.size()),
                StoredVisitors.add(views, stored, precision));
    }

    static Instant hour(ArticleViewed view) {
        return view.occurredAt().truncatedTo(ChronoUnit.HOURS);
    }

    static Bson startsIn(Instant from, Instant to) {
        return and(gte(START, Date.from(from)), lt(START, Date.from(to)));
    }

    /** The hits of each article in the buckets that match. */
    static Flux<HitCount> sumByArticle(ServedCollections collections, String collection, Bson filter) {
        return collections
                .read(
                        collection,
                        buckets -> buckets.aggregate(
                                List.of(match(filter), group("$" + ARTICLE_ID, sum(HITS, "$" + HITS)))))
                .map(sum -> new HitCount(
                        sum.getString("_id"), sum.get(HITS, Number.class).longValue()));
    }

    /** What the buckets of an article that match have counted of a column, and to where. */
    static Mono<FencedSum> fencedSum(ServedCollections collections, String collection, String column, Bson filter) {
        return FencedSum.of(
                column,
                collections.read(collection, buckets -> buckets.find(filter).projection(FencedSum.fields(column))));
    }
}
