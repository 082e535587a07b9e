package broadsheet.stats.generation;

import static com.mongodb.client.model.Filters.and;
import static com.mongodb.client.model.Filters.eq;
import static com.mongodb.client.model.Filters.exists;
import static com.mongodb.client.model.Filters.gt;
import static com.mongodb.client.model.Filters.in;
import static com.mongodb.client.model.Filters.lt;
import static com.mongodb.client.model.Indexes.ascending;
import static com.mongodb.client.model.Indexes.compoundIndex;
import static com.mongodb.client.model.Indexes.descending;
import static com.mongodb.client.model.Sorts.orderBy;

import broadsheet.stats.erased.ArticleNumbers;
import broadsheet.stats.store.StatsCollections;
import com.mongodb.client.model.Filters;
import com.mongodb.client.model.InsertManyOptions;
import com.mongodb.client.model.Sorts;
import java.util.Collection;
import java.util.List;
import org.bson.Document;
import org.bson.conversions.Bson;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** {@code stats_restatement_changes_<number>}: the articles whose hits a restatement changes, as of when it was ready. */
@Component
public class RestatementChanges implements ArticleNumbers {

    private static final String BEFORE = "before";
    private static final String AFTER = "after";
    private static final String SIZE = "size";

    private final StatsCollections collections;

    public RestatementChanges(StatsCollections collections) {
        this.collections = collections;
    }

    public static String collection(int restatement) {
        return "stats_restatement_changes_" + restatement;
    }

    /** An article's hits by what is served and by the restatement. */
    public record Change(String articleId, long before, long after) {

        public long size() {
            return Math.abs(after - before);
        }
    }

    /** Nothing, and the index for what is then added. */
    public Mono<Void> beginAnew(int restatement) {
        return collections
                .named(collection(restatement))
                .flatMap(changes -> Mono.from(changes.drop())
                        .then(Mono.from(changes.createIndex(compoundIndex(descending(SIZE), ascending("_id"))))))
                .then();
    }

    public Mono<Void> add(int restatement, List<Change> changes) {
        List<Document> documents = changes.stream()
                .map(change -> new Document("_id", change.articleId())
                        .append(BEFORE, change.before())
                        .append(AFTER, change.after())
                        .append(SIZE, change.size()))
                .toList();
        return documents.isEmpty()
                ? Mono.empty()
                : collections
                        .named(collection(restatement))
                        .flatMap(stored ->
                                Mono.from(stored.insertMany(documents, new InsertManyOptions().ordered(false))))
                        .then();
    }

    /**
     * The largest first, and of equal ones in the order of the ids.
     *
     * @param after the last one of the page before; null for the first page
     */
    public Flux<Change> largest(int restatement, @Nullable Change after, int limit) {
        return after == null
                ? find(restatement, Filters.empty(), limit)
                : Flux.concat( // each in the order of the index, unlike one filter for both
                                find(restatement, and(eq(SIZE, after.size()), gt("_id", after.articleId())), limit),
                                find(restatement, lt(SIZE, after.size()), limit))
                        .take(limit);
    }

    /** From those of all restatements whose changes are kept. */
    @Override
    public Mono<Void> erase(Collection<String> articleIds) {
        return collections
                .read(
                        Generations.COLLECTION,
                        stored -> stored.find(
                                and(exists(StoredRestatement.STATE), exists(StoredGeneration.DROPPED_AT, false))))
                .map(restatement -> collection(restatement.getInteger("_id")))
                .concatMap(collections::named)
                .concatMap(changes -> changes.deleteMany(in("_id", articleIds)))
                .then();
    }

    private Flux<Change> find(int restatement, Bson filter, int limit) {
        return collections
                .read(
                        collection(restatement),
                        changes -> changes.find(filter)
                                .sort(orderBy(Sorts.descending(SIZE), Sorts.ascending("_id")))
                                .limit(limit))
                .map(stored -> new Change(stored.getString("_id"), stored.getLong(BEFORE), stored.getLong(AFTER)));
    }
}
