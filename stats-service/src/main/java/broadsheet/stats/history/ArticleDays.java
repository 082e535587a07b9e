package broadsheet.stats.history;

import static broadsheet.stats.history.HitBuckets.ARTICLE_ID;
import static broadsheet.stats.history.HitBuckets.HITS;
import static broadsheet.stats.history.HitBuckets.START;
import static com.mongodb.client.model.Accumulators.sum;
import static com.mongodb.client.model.Aggregates.group;
import static com.mongodb.client.model.Aggregates.match;
import static com.mongodb.client.model.Filters.and;
import static com.mongodb.client.model.Filters.eq;
import static com.mongodb.client.model.Filters.gte;
import static com.mongodb.client.model.Filters.in;
import static com.mongodb.client.model.Filters.lt;
import static com.mongodb.client.model.Projections.include;
import static java.time.ZoneOffset.UTC;

import broadsheet.events.ArticleViewed;
import broadsheet.stats.HitCount;
import broadsheet.stats.classification.ClassifiedView;
import broadsheet.stats.classification.ClassifiedView.Hit;
import broadsheet.stats.generation.ServedCollections;
import broadsheet.stats.projection.FencedSum;
import broadsheet.stats.projection.Projection;
import broadsheet.stats.visitor.StoredVisitors;
import com.mongodb.client.model.Filters;
import com.mongodb.client.model.IndexModel;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Collection;
import java.util.Date;
import java.util.List;
import java.util.Optional;
import org.bson.Document;
import org.bson.conversions.Bson;
import org.bson.types.Binary;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** {@code stats_days}: hits and visitors of an article on a day in UTC, the time that a visitor's key lives. */
@Component
public class ArticleDays implements Projection {

    public static final String COLLECTION = "stats_days";

    private static final int PRECISION = 13;

    private final ServedCollections collections;

    public ArticleDays(ServedCollections collections) {
        this.collections = collections;
    }

    @Override
    public String collection() {
        return COLLECTION;
    }

    @Override
    public List<IndexModel> indexes() {
        return HitBuckets.INDEXES;
    }

    @Override
    public Optional<String> documentId(ClassifiedView view) {
        return view instanceof Hit hit ? Optional.of(hit.view().articleId() + "@" + day(hit.view())) : Optional.empty();
    }

    @Override
    public List<String> readFields() {
        return List.of(StoredVisitors.SKETCH);
    }

    @Override
    public Bson change(List<ClassifiedView> views, Document stored) {
        List<ArticleViewed> hits = ClassifiedView.hits(views);
        Instant start = day(hits.get(0)).atStartOfDay(UTC).toInstant();
        return HitBuckets.count(hits, start, stored, PRECISION);
    }

    private static LocalDate day(ArticleViewed view) {
        return LocalDate.ofInstant(view.occurredAt(), UTC);
    }

    /** The hits of each of these articles in all its days; those without any are left out. */
    public Flux<HitCount> hits(Collection<String> articleIds) {
        return HitBuckets.sumByArticle(collections, COLLECTION, in(ARTICLE_ID, articleIds));
    }

    /** The hits of each of these articles in its days before this one; those without any are left out. */
    public Flux<HitCount> hitsBefore(Instant day, Collection<String> articleIds) {
        return HitBuckets.sumByArticle(collections, COLLECTION, and(in(ARTICLE_ID, articleIds), startsBefore(day)));
    }

    /** All hits of all articles in their days before this one. */
    public Mono<Long> allHitsBefore(Instant day) {
        return collections.sum(COLLECTION, HITS, startsBefore(day));
    }

    /** An article's hits in its days before this one, and what they are counted to. */
    public Mono<FencedSum> fencedHitsBefore(Instant day, String articleId) {
        return HitBuckets.fencedSum(collections, COLLECTION, HITS, and(eq(ARTICLE_ID, articleId), startsBefore(day)));
    }

    private static Bson startsBefore(Instant day) {
        return lt(START, Date.from(day));
    }

    /** An article's days that start in {@code [from, to)}; days without hits are left out. */
    public Flux<Day> find(String articleId, Instant from, Instant to) {
        return collections
                .read(
                        COLLECTION,
                        days -> days.find(and(eq(ARTICLE_ID, articleId), HitBuckets.startsIn(from, to)))
                                .projection(include(START, HITS, StoredVisitors.SKETCH)))
                .map(stored -> new Day(
                        stored.getDate(START).toInstant(),
                        stored.getLong(HITS),
                        stored.get(StoredVisitors.SKETCH, Binary.class)));
    }

    /**
     * A day of an article.
     *
     * @param visitors a sketch's bytes
     */
    public record Day(Instant start, long hits, Binary visitors) {}

    /** All hits of all articles. */
    public Mono<Long> allHits() {
        return collections.sum(COLLECTION, HITS, Filters.empty());
    }

    /** An article's hits in all its days, and what they are counted to. */
    public Mono<FencedSum> fencedHits(String articleId) {
        return HitBuckets.fencedSum(collections, COLLECTION, HITS, eq(ARTICLE_ID, articleId));
    }

    /** The hits of each article on the days that start at this time or later. */
    public Flux<HitCount> hitsFrom(Instant start) {
        return HitBuckets.sumByArticle(collections, COLLECTION, gte(START, Date.from(start)));
    }

    /** The sum of the days' distinct visitors; 0 for an article without hits. */
    public Mono<Long> visitors(String articleId) {
        return collections
                .read(
                        COLLECTION,
                        days -> days.aggregate(List.of(
                                match(eq(ARTICLE_ID, articleId)),
                                group(null, sum(StoredVisitors.VISITORS, "$" + StoredVisitors.VISITORS)))))
                .map((Document sum) ->
                        sum.get(StoredVisitors.VISITORS, Number.class).longValue())
                .next()
                .defaultIfEmpty(0L);
    }
}
