package broadsheet.stats.erasure;

import static broadsheet.stats.erased.ErasedArticles.COLLECTION;
import static broadsheet.stats.erased.ErasedArticles.REQUESTED_AT;
import static com.mongodb.client.model.Filters.and;
import static com.mongodb.client.model.Filters.eq;
import static com.mongodb.client.model.Filters.exists;
import static com.mongodb.client.model.Filters.lt;
import static com.mongodb.client.model.Filters.or;
import static com.mongodb.client.model.Indexes.ascending;
import static com.mongodb.client.model.Sorts.descending;

import broadsheet.stats.erased.ErasedArticles;
import broadsheet.stats.erased.ErasureProperties;
import broadsheet.stats.store.StatsCollections;
import broadsheet.store.CollectionOwner;
import broadsheet.store.DuplicateKeys;
import com.mongodb.client.model.IndexModel;
import com.mongodb.client.model.IndexOptions;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.Date;
import java.util.List;
import org.bson.Document;
import org.bson.conversions.Bson;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** {@code stats_erasures}: the articles that are erased or to be. */
@Component
class Erasures implements CollectionOwner {

    static final String ERASED_AT = "erasedAt";
    private static final String REQUESTED_BY = "requestedBy";

    private final StatsCollections collections;
    private final ErasedArticles erased;
    private final ErasureProperties properties;
    private final InstantSource clock;

    Erasures(StatsCollections collections, ErasedArticles erased, ErasureProperties properties, InstantSource clock) {
        this.collections = collections;
        this.erased = erased;
        this.properties = properties;
        this.clock = clock;
    }

    @Override
    public String collection() {
        return COLLECTION;
    }

    @Override
    public List<IndexModel> indexes() {
        return List.of(
                new IndexModel(ascending(REQUESTED_AT, "_id")),
                new IndexModel(
                        ascending(ErasurePasses.DUE),
                        new IndexOptions().partialFilterExpression(exists(ErasurePasses.DUE))));
    }

    /** Empty where it was requested before. */
    Mono<Erasure> request(String articleId, String by) {
        Instant now = clock.instant().truncatedTo(ChronoUnit.MILLIS);
        Document requested = new Document("_id", articleId)
                .append(REQUESTED_AT, Date.from(now))
                .append(REQUESTED_BY, by)
                .append(ErasurePasses.PASSES, 0)
                .append(ErasurePasses.DUE, Date.from(now.plus(properties.begunAfter())));
        return StatsCollections.inTime(collections.named(COLLECTION).flatMapMany(stored -> stored.insertOne(requested)))
                .next()
                .map(inserted -> erasure(requested))
                .onErrorResume(DuplicateKeys::areWhy, e -> Mono.empty())
                .doOnNext(one -> erased.add(articleId));
    }

    Mono<Erasure> find(String articleId) {
        return collections
                .read(COLLECTION, stored -> stored.find(eq("_id", articleId)))
                .next()
                .map(Erasures::erasure);
    }

    /**
     * The newest first.
     *
     * @param after the last one of the page before; null for the first page
     */
    Flux<Erasure> newest(@Nullable ErasureCursor after, int limit) {
        Bson filter = after == null
                ? new Document()
                : or(
                        lt(REQUESTED_AT, Date.from(after.requestedAt())),
                        and(eq(REQUESTED_AT, Date.from(after.requestedAt())), lt("_id", after.articleId())));
        return collections
                .read(
                        COLLECTION,
                        stored -> stored.find(filter)
                                .sort(descending(REQUESTED_AT, "_id"))
                                .limit(limit))
                .map(Erasures::erasure);
    }

    private static Erasure erasure(Document stored) {
        Date erasedAt = stored.getDate(ERASED_AT);
        return new Erasure(
                stored.getString("_id"),
                stored.getDate(REQUESTED_AT).toInstant(),
                stored.getString(REQUESTED_BY),
                erasedAt == null ? Erasure.State.ERASING : Erasure.State.ERASED,
                erasedAt == null ? null : erasedAt.toInstant());
    }
}
