package broadsheet.stats.total;

import static com.mongodb.client.model.Filters.and;
import static com.mongodb.client.model.Filters.eq;
import static com.mongodb.client.model.Filters.gt;
import static com.mongodb.client.model.Filters.in;
import static com.mongodb.client.model.Projections.include;
import static com.mongodb.client.model.Sorts.ascending;
import static com.mongodb.client.model.Updates.combine;
import static com.mongodb.client.model.Updates.inc;
import static com.mongodb.client.model.Updates.set;
import static com.mongodb.client.model.Updates.setOnInsert;

import broadsheet.stats.HitCount;
import broadsheet.stats.classification.ClassifiedView;
import broadsheet.stats.erased.ErasedArticles;
import broadsheet.stats.generation.ServedCollections;
import broadsheet.stats.generation.ServedGenerations;
import broadsheet.stats.milestone.HitThresholds;
import broadsheet.stats.projection.FencedSum;
import broadsheet.stats.projection.Fences;
import broadsheet.stats.projection.Projection;
import broadsheet.stats.store.MostHitsFirst;
import broadsheet.store.DuplicateKeys;
import com.mongodb.client.model.BulkWriteOptions;
import com.mongodb.client.model.Filters;
import com.mongodb.client.model.IndexModel;
import com.mongodb.client.model.Indexes;
import com.mongodb.client.model.UpdateOneModel;
import com.mongodb.client.model.UpdateOptions;
import com.mongodb.reactivestreams.client.MongoCollection;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.Date;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Collectors;
import org.bson.Document;
import org.bson.conversions.Bson;
import org.jspecify.annotations.Nullable;
import org.reactivestreams.Publisher;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** {@code stats_totals}: all hits and bots' views of an article, and whether its hits are still to be sent. */
@Component
public class ArticleTotals implements Projection {

    public static final String COLLECTION = ServedGenerations.TOTALS;

    static final String HITS = "hits";

    /** When which threshold was reached. */
    static final String REACHED = "reached";

    /** The hits that were imported, as the sender last found them; they are stored elsewhere. */
    static final String IMPORTED = "imported";

    static final String BOTS = "bots";

    private static final int ARTICLES_AT_ONCE = 500;
    private static final MostHitsFirst MOST_HITS_FIRST = new MostHitsFirst(HITS, "_id");

    private final ServedCollections collections;
    private final HitThresholds thresholds;

    public ArticleTotals(ServedCollections collections, HitThresholds thresholds) {
        this.collections = collections;
        this.thresholds = thresholds;
    }

    @Override
    public String collection() {
        return COLLECTION;
    }

    @Override
    public Publisher<?> upgrade(MongoCollection<Document> totals) {
        return UnsentTotals.upgrade(totals);
    }

    @Override
    public List<IndexModel> indexes() {
        return List.of(UnsentTotals.INDEX, new IndexModel(Indexes.ascending(HITS, "_id")));
    }

    @Override
    public Optional<String> documentId(ClassifiedView view) {
        return switch (view.classification()) {
            case COUNTED, LATE, BOT, AUTOMATED -> Optional.ofNullable(view.articleId());
            case DOUBLE_CLICK, DUPLICATE, INVALID, DEAD_LETTERED -> Optional.empty();
        };
    }

    @Override
    public List<String> readFields() {
        return List.of(HITS, IMPORTED);
    }

    @Override
    public Bson change(List<ClassifiedView> views, Document stored) {
        long hits = ClassifiedView.hits(views).size();
        List<Bson> changes = new ArrayList<>(List.of(inc(HITS, hits), inc(BOTS, views.size() - hits)));
        if (hits > 0) {
            changes.add(UnsentTotals.MARK);
            changes.addAll(reached(views, number(stored, HITS) + number(stored, IMPORTED), hits));
        }
        return combine(changes);
    }

    private static long number(Document stored, String field) {
        return Objects.requireNonNullElse(stored.getLong(field), 0L);
    }

    /** When which threshold is reached by what readers are shown: by the record alone, however the views are batched. */
    private List<Bson> reached(List<ClassifiedView> views, long before, long hits) {
        List<Long> reached = thresholds.reached(before, before + hits);
        if (reached.isEmpty()) {
            return List.of();
        }
        List<ClassifiedView> inOrder = ClassifiedView.hits(views).stream()
                .sorted(Comparator.comparing(ClassifiedView::place))
                .toList();
        return reached.stream()
                .map(threshold -> set(
                        REACHED + "." + threshold,
                        Date.from(inOrder.get((int) (threshold - before - 1)).receivedAt())))
                .toList();
    }

    /**
     * The totals of articles, most hits first.
     *
     * @param after the last one that was read before; null at first
     */
    public Flux<HitCount> mostRead(@Nullable HitCount after, int limit) {
        return collections
                .read(
                        COLLECTION,
                        totals -> totals.find(MOST_HITS_FIRST.after(after))
                                .sort(MOST_HITS_FIRST.order())
                                .limit(limit)
                                .projection(include(HITS)))
                .map(total -> new HitCount(total.getString("_id"), total.getLong(HITS)));
    }

    /** The totals of the articles that come next in the order of their ids. */
    public Flux<Total> after(String articleId, int limit) {
        return collections
                .read(
                        COLLECTION,
                        totals -> totals.find(gt("_id", articleId))
                                .sort(ascending("_id"))
                                .limit(limit)
                                .projection(include(HITS, BOTS)))
                .map(ArticleTotals::total);
    }

    /** All hits of all articles. */
    public Mono<Long> allHits() {
        return collections.sum(COLLECTION, HITS, Filters.empty());
    }

    /** All hits of a generation, served or not. */
    public Mono<Long> allHits(int generation) {
        return collections.sum(COLLECTION, generation, HITS);
    }

    /** Begins totals of a generation, to be sent; one that has counted something stays as it is. */
    public Mono<Void> begin(int generation, List<Total> begun) {
        List<UpdateOneModel<Document>> writes = begun.stream()
                .map(total -> new UpdateOneModel<Document>(
                        and(eq("_id", total.articleId()), Fences.areAsRead(new Document())),
                        combine(set(HITS, total.hits()), set(BOTS, total.bots()), UnsentTotals.MARK),
                        new UpdateOptions().upsert(true)))
                .toList();
        return writes.isEmpty()
                ? Mono.empty()
                : collections
                        .named(COLLECTION, generation)
                        .flatMap(totals -> Mono.from(totals.bulkWrite(writes, new BulkWriteOptions().ordered(false))))
                        .onErrorComplete(DuplicateKeys::areWhy)
                        .then();
    }

    /** Has every total of a generation sent, though it has not changed. */
    public Mono<Void> sendAgain(int generation) {
        return collections
                .named(COLLECTION, generation)
                .flatMap(totals -> Mono.from(totals.updateMany(Filters.empty(), UnsentTotals.MARK)))
                .then();
    }

    /** What the articles next in the order of their ids have counted in a generation, served or not, and up to where. */
    public Flux<FencedHits> fencedHits(int generation, String after, int limit) {
        return fencedHits(generation, gt("_id", after), limit);
    }

    /** The same of these articles. */
    public Flux<FencedHits> fencedHits(int generation, Collection<String> articleIds) {
        return fencedHits(generation, in("_id", articleIds), articleIds.size());
    }

    private Flux<FencedHits> fencedHits(int generation, Bson filter, int limit) {
        return collections
                .named(COLLECTION, generation)
                .flatMapMany(totals ->
                        totals.find(filter).sort(ascending("_id")).limit(limit).projection(FencedSum.fields(HITS)))
                .map(total -> new FencedHits(total.getString("_id"), FencedSum.of(total.getLong(HITS), total)));
    }

    /** An article's hits in a generation, and the places that they are counted to. */
    public record FencedHits(String articleId, FencedSum hits) {}

    /** Adds a total of 0, to be sent, for each article that has hits in one generation and none in a later one. */
    public Mono<Void> addMissing(int from, int to) {
        return collections
                .named(COLLECTION, from)
                .flatMapMany(former -> former.find(gt(HITS, 0L)).projection(include("_id")))
                .map(total -> total.getString("_id"))
                .filter(id -> !id.equals(ErasedArticles.TOGETHER))
                .buffer(ARTICLES_AT_ONCE)
                .concatMap(ids -> collections.named(COLLECTION, to).flatMap(totals -> addMissing(ids, totals)))
                .then();
    }

    private static Mono<Void> addMissing(List<String> ids, MongoCollection<Document> totals) {
        return Flux.from(totals.find(and(in("_id", ids), gt(HITS, 0L))).projection(include("_id")))
                .map(total -> total.getString("_id"))
                .collect(Collectors.toSet())
                .map(there -> ids.stream()
                        .filter(id -> !there.contains(id))
                        .map(ArticleTotals::zero)
                        .toList())
                .filter(zeros -> !zeros.isEmpty())
                .flatMap(zeros -> Mono.from(totals.bulkWrite(zeros, new BulkWriteOptions().ordered(false))))
                .then();
    }

    private static UpdateOneModel<Document> zero(String articleId) {
        return new UpdateOneModel<>(
                eq("_id", articleId),
                combine(setOnInsert(HITS, 0L), setOnInsert(BOTS, 0L), UnsentTotals.MARK),
                new UpdateOptions().upsert(true));
    }

    /** Has the totals of these articles sent again, since what is added to them changed; also of those that have none yet. */
    public Mono<Void> sendAgain(Collection<String> articleIds) {
        List<UpdateOneModel<Document>> marks =
                articleIds.stream().map(ArticleTotals::zero).toList();
        return collections
                .number(COLLECTION)
                .flatMap(number -> collections.named(COLLECTION, number))
                .flatMap(totals -> Mono.from(totals.bulkWrite(marks, new BulkWriteOptions().ordered(false))))
                .then();
    }

    public Mono<Long> allBots() {
        return collections.sum(COLLECTION, BOTS, Filters.empty());
    }

    /** An article's hits, and what they are counted to. */
    public Mono<FencedSum> fencedHits(String articleId) {
        return fenced(HITS, articleId);
    }

    /** An article's bots, and what they are counted to. */
    public Mono<FencedSum> fencedBots(String articleId) {
        return fenced(BOTS, articleId);
    }

    private Mono<FencedSum> fenced(String column, String articleId) {
        return FencedSum.of(
                column,
                collections.read(
                        COLLECTION, totals -> totals.find(eq("_id", articleId)).projection(FencedSum.fields(column))));
    }

    /** The hits by article; articles without views are left out. */
    public Mono<Map<String, Long>> hits(Collection<String> articleIds) {
        return collections
                .read(COLLECTION, totals -> totals.find(in("_id", articleIds)).projection(include(HITS)))
                .collectMap(total -> total.getString("_id"), total -> total.getLong(HITS));
    }

    Mono<Total> find(String articleId) {
        return collections
                .read(COLLECTION, totals -> totals.find(eq("_id", articleId)).projection(include(HITS, BOTS)))
                .next()
                .map(ArticleTotals::total);
    }

    private static Total total(Document stored) {
        return new Total(stored.getString("_id"), stored.getLong(HITS), stored.getLong(BOTS));
    }

    public record Total(String articleId, long hits, long bots) {

        public Total and(Total other) {
            return new Total(articleId, hits + other.hits, bots + other.bots);
        }

        static Total nothing(String articleId) {
            return new Total(articleId, 0, 0);
        }
    }
}
