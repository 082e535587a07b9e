package broadsheet.stats.history;

import static broadsheet.stats.history.HitBuckets.ARTICLE_ID;
import static broadsheet.stats.history.HitBuckets.HITS;
import static broadsheet.stats.history.HitBuckets.START;
import static broadsheet.stats.history.HitBuckets.hour;
import static com.mongodb.client.model.Filters.and;
import static com.mongodb.client.model.Filters.eq;
import static com.mongodb.client.model.Filters.gte;
import static com.mongodb.client.model.Filters.in;
import static com.mongodb.client.model.Filters.lt;
import static com.mongodb.client.model.Projections.include;
import static com.mongodb.client.model.Updates.combine;
import static com.mongodb.client.model.Updates.inc;
import static java.time.ZoneOffset.UTC;

import broadsheet.events.ArticleViewed;
import broadsheet.stats.HitCount;
import broadsheet.stats.classification.ClassifiedView;
import broadsheet.stats.classification.ClassifiedView.Hit;
import broadsheet.stats.generation.ServedCollections;
import broadsheet.stats.projection.FencedSum;
import broadsheet.stats.projection.Projection;
import broadsheet.stats.visitor.StoredVisitors;
import com.mongodb.client.model.IndexModel;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Date;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.bson.Document;
import org.bson.conversions.Bson;
import org.bson.types.Binary;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** {@code stats_hours}: hits of an article in an hour and in each minute of it, and the hour's visitors. */
@Component
public class ArticleHours implements Projection {

    public static final String COLLECTION = "stats_hours";

    static final String MINUTES = "minutes";
    private static final int PRECISION = 12;

    private final ServedCollections collections;

    public ArticleHours(ServedCollections collections) {
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
        return view instanceof Hit hit
                ? Optional.of(hit.view().articleId() + "@" + hour(hit.view()))
                : Optional.empty();
    }

    @Override
    public List<String> readFields() {
        return List.of(StoredVisitors.SKETCH);
    }

    @Override
    public Bson change(List<ClassifiedView> views, Document stored) {
        List<ArticleViewed> hits = ClassifiedView.hits(views);
        List<Bson> changes = new ArrayList<>();
        changes.add(HitBuckets.count(hits, hour(hits.get(0)), stored, PRECISION));
        hits.stream()
                .collect(Collectors.groupingBy(ArticleHours::minute, Collectors.counting()))
                .forEach((minute, count) -> changes.add(inc(MINUTES + "." + minute, count)));
        return combine(changes);
    }

    private static Integer minute(ArticleViewed view) {
        return view.occurredAt().atOffset(UTC).getMinute();
    }

    /** The hits of each of these articles in its hours from this time on; those without any are left out. */
    public Flux<HitCount> hits(Collection<String> articleIds, Instant from) {
        return HitBuckets.sumByArticle(collections, COLLECTION, and(in(ARTICLE_ID, articleIds), startsFrom(from)));
    }

    /** All hits of all articles in their hours from this time on. */
    public Mono<Long> allHits(Instant from) {
        return collections.sum(COLLECTION, HITS, startsFrom(from));
    }

    /** An article's hits in its hours from this time on, and what they are counted to. */
    public Mono<FencedSum> fencedHits(String articleId, Instant from) {
        return HitBuckets.fencedSum(collections, COLLECTION, HITS, and(eq(ARTICLE_ID, articleId), startsFrom(from)));
    }

    /** The hits of each article in the hours that start in {@code [from, to)}. */
    public Flux<HitCount> hits(Instant from, Instant to) {
        return HitBuckets.sumByArticle(collections, COLLECTION, HitBuckets.startsIn(from, to));
    }

    private static Bson startsFrom(Instant from) {
        return gte(START, Date.from(from));
    }

    /** Deletes the hours of a generation before this time. */
    Mono<Void> deleteBefore(Instant time, int generation) {
        return collections
                .named(COLLECTION, generation)
                .flatMap(hours -> Mono.from(hours.deleteMany(lt(START, Date.from(time)))))
                .then();
    }

    /** The hits of each article in one hour, from a minute of it on. */
    public Flux<HitCount> hitsFromMinute(Instant hour, int from) {
        return collections
                .read(
                        COLLECTION,
                        hours -> hours.find(eq(START, Date.from(hour))).projection(include(ARTICLE_ID, MINUTES)))
                .map(stored -> new HitCount(stored.getString(ARTICLE_ID), sumFrom(from, minutes(stored))));
    }

    private static long sumFrom(int from, Map<Integer, Long> minutes) {
        return minutes.entrySet().stream()
                .filter(minute -> minute.getKey() >= from)
                .mapToLong(Map.Entry::getValue)
                .sum();
    }

    /** An article's hours that start in {@code [from, to)}; hours without hits are left out. */
    public Flux<Hour> find(String articleId, Instant from, Instant to) {
        return collections
                .read(
                        COLLECTION,
                        hours -> hours.find(and(eq(ARTICLE_ID, articleId), HitBuckets.startsIn(from, to)))
                                .projection(include(START, MINUTES, StoredVisitors.SKETCH)))
                .map(stored -> new Hour(
                        stored.getDate(START).toInstant(),
                        minutes(stored),
                        stored.get(StoredVisitors.SKETCH, Binary.class)));
    }

    /**
     * An hour of an article.
     *
     * @param minutes hits by the minute of the hour; minutes without hits are left out
     * @param visitors a sketch's bytes
     */
    public record Hour(Instant start, Map<Integer, Long> minutes, Binary visitors) {}

    private static Map<Integer, Long> minutes(Document stored) {
        return stored.get(MINUTES, Document.class).entrySet().stream()
                .collect(Collectors.toMap(
                        minute -> Integer.valueOf(minute.getKey()),
                        minute -> ((Number) minute.getValue()).longValue()));
    }
}
