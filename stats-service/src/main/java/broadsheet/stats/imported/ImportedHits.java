package broadsheet.stats.imported;

import static com.mongodb.client.model.Accumulators.sum;
import static com.mongodb.client.model.Aggregates.group;
import static com.mongodb.client.model.Aggregates.match;
import static com.mongodb.client.model.Filters.and;
import static com.mongodb.client.model.Filters.eq;
import static com.mongodb.client.model.Filters.gt;
import static com.mongodb.client.model.Filters.in;
import static com.mongodb.client.model.Indexes.ascending;
import static com.mongodb.client.model.Projections.include;
import static com.mongodb.client.model.Updates.combine;
import static com.mongodb.client.model.Updates.set;

import broadsheet.stats.erased.ArticleNumbers;
import broadsheet.stats.store.StatsCollections;
import broadsheet.store.CollectionOwner;
import com.mongodb.client.model.BulkWriteOptions;
import com.mongodb.client.model.Filters;
import com.mongodb.client.model.IndexModel;
import com.mongodb.client.model.UpdateOneModel;
import com.mongodb.client.model.UpdateOptions;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import org.bson.Document;
import org.bson.conversions.Bson;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/**
 * {@code stats_imported}: the hits of an article that one import brought. They belong to no generation: a restatement counts
 * views, and of these there are none.
 */
@Component
public class ImportedHits implements CollectionOwner, ArticleNumbers {

    private static final String COLLECTION = "stats_imported";
    private static final String ARTICLE = "article";
    private static final String IMPORT = "import";
    private static final String HITS = "hits";
    private static final String DIGEST = "digest";

    private final StatsCollections collections;

    public ImportedHits(StatsCollections collections) {
        this.collections = collections;
    }

    @Override
    public String collection() {
        return COLLECTION;
    }

    @Override
    public List<IndexModel> indexes() {
        return List.of(new IndexModel(ascending(ARTICLE)), new IndexModel(ascending(IMPORT, "_id")));
    }

    /** The hits of these articles that all imports together brought; articles without any are left out. */
    public Mono<Map<String, Long>> of(Collection<String> articleIds) {
        return collections
                .read(
                        COLLECTION,
                        imported -> imported.aggregate(
                                List.of(match(in(ARTICLE, articleIds)), group("$" + ARTICLE, sum(HITS, "$" + HITS)))))
                .collectMap(
                        total -> total.getString("_id"),
                        total -> total.get(HITS, Number.class).longValue());
    }

    public Mono<Long> of(String articleId) {
        return of(List.of(articleId)).map(hits -> hits.getOrDefault(articleId, 0L));
    }

    /** All hits that were imported. */
    public Mono<Long> all() {
        return StatsCollections.inTime(
                        collections.sum(COLLECTION, HITS, Filters.empty()).flux())
                .single();
    }

    /**
     * Stores what an import brings; as often as it likes, since each document is set. Fails with a duplicate key where another
     * file with the same id has brought something of the same articles.
     *
     * @param digest of the file
     */
    public Mono<Void> store(String importId, String digest, Map<String, Long> hitsByArticle) {
        List<UpdateOneModel<Document>> writes = hitsByArticle.entrySet().stream()
                .map(article -> new UpdateOneModel<Document>(
                        and(eq("_id", article.getKey() + "@" + importId), in(DIGEST, digest, null)),
                        combine(
                                set(ARTICLE, article.getKey()),
                                set(IMPORT, importId),
                                set(DIGEST, digest),
                                set(HITS, article.getValue())),
                        new UpdateOptions().upsert(true)))
                .toList();
        return writes.isEmpty()
                ? Mono.empty()
                : collections
                        .named(COLLECTION)
                        .flatMap(imported ->
                                Mono.from(imported.bulkWrite(writes, new BulkWriteOptions().ordered(false))))
                        .then();
    }

    /** The articles of an import that come next in the order of their ids; of one file of it, where its digest is given. */
    public Flux<String> articlesOf(String importId, @Nullable String digest, String after, int limit) {
        return collections
                .read(
                        COLLECTION,
                        imported -> imported.find(and(brought(importId, digest), gt("_id", after + "@" + importId)))
                                .sort(ascending(IMPORT, "_id"))
                                .limit(limit)
                                .projection(include(ARTICLE)))
                .map(stored -> stored.getString(ARTICLE));
    }

    /**
     * Removes what an import brought of these articles.
     *
     * @param digest of the file that brought it; null for any
     */
    public Mono<Void> remove(String importId, @Nullable String digest, Collection<String> articleIds) {
        return remove(and(
                brought(importId, digest),
                in("_id", articleIds.stream().map(id -> id + "@" + importId).toList())));
    }

    private static Bson brought(String importId, @Nullable String digest) {
        return digest == null ? eq(IMPORT, importId) : and(eq(IMPORT, importId), eq(DIGEST, digest));
    }

    @Override
    public Mono<Void> erase(Collection<String> articleIds) {
        return remove(in(ARTICLE, articleIds));
    }

    private Mono<Void> remove(Bson filter) {
        return collections
                .named(COLLECTION)
                .flatMap(imported -> Mono.from(imported.deleteMany(filter)))
                .then();
    }
}
