package broadsheet.stats.erasure;

import static broadsheet.stats.erased.ErasedArticles.COLLECTION;
import static broadsheet.stats.erased.ErasedArticles.REQUESTED_AT;
import static com.mongodb.client.model.Filters.and;
import static com.mongodb.client.model.Filters.eq;
import static com.mongodb.client.model.Filters.exists;
import static com.mongodb.client.model.Filters.lt;
import static com.mongodb.client.model.Filters.lte;
import static com.mongodb.client.model.Filters.or;
import static com.mongodb.client.model.Indexes.ascending;
import static com.mongodb.client.model.Sorts.descending;
import static com.mongodb.client.model.Updates.combine;
import static com.mongodb.client.model.Updates.inc;
import static com.mongodb.client.model.Updates.set;
import static com.mongodb.client.model.Updates.unset;

import broadsheet.stats.erased.ErasedArticles;
import broadsheet.stats.erased.ErasureProperties;
import broadsheet.stats.store.StatsCollections;
import broadsheet.store.CollectionOwner;
import broadsheet.store.DuplicateKeys;
import com.mongodb.client.model.IndexModel;
import com.mongodb.client.model.IndexOptions;
import java.time.Duration;
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

/** {@code stats_erasures}: the articles that are erased, and when the next pass of one is due that is not yet. */
@Component
class Erasures implements CollectionOwner {

    private static final String REQUESTED_BY = "requestedBy";
    private static final String ERASED_AT = "erasedAt";
    private static final String DUE = "due";
    private static final String PASSES = "passes";
    private static final int ENOUGH_PASSES = 2;

    /** A pass that takes longer is begun by others too, which does no harm. */
    private static final Duration CLAIM = Duration.ofMinutes(1);

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
                new IndexModel(ascending(DUE), new IndexOptions().partialFilterExpression(exists(DUE))));
    }

    /** Empty where it was requested before. */
    Mono<Erasure> request(String articleId, String by) {
        Instant now = clock.instant().truncatedTo(ChronoUnit.MILLIS);
        Document requested = new Document("_id", articleId)
                .append(REQUESTED_AT, Date.from(now))
                .append(REQUESTED_BY, by)
                .append(PASSES, 0)
                .append(DUE, Date.from(now.plus(properties.begunAfter())));
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

    /** Those of which a pass is due, each claimed for this caller. */
    Flux<Claimed> claimDue() {
        return Flux.defer(() -> {
            Instant now = clock.instant();
            return collections
                    .read(COLLECTION, stored -> stored.find(lte(DUE, Date.from(now))))
                    .map(one -> new Claimed(one.getString("_id"), one.getInteger(PASSES), one.getDate(DUE)))
                    .filterWhen(one -> update(one, set(DUE, Date.from(now.plus(CLAIM)))));
        });
    }

    /**
     * A pass to be made.
     *
     * @param passes that were made before
     * @param due when it was
     */
    record Claimed(String articleId, int passes, Date due) {}

    private Mono<Boolean> update(Claimed one, Bson change) {
        return collections
                .named(COLLECTION)
                .flatMap(stored ->
                        Mono.from(stored.updateOne(and(eq("_id", one.articleId()), eq(DUE, one.due())), change)))
                .map(result -> result.getMatchedCount() == 1);
    }

    /** After the last pass it is erased. */
    Mono<Void> passed(Claimed one) {
        Instant now = clock.instant();
        Bson next = one.passes() + 1 < ENOUGH_PASSES
                ? combine(inc(PASSES, 1), set(DUE, Date.from(now.plus(properties.repeatedAfter()))))
                : combine(inc(PASSES, 1), unset(DUE), set(ERASED_AT, Date.from(now)));
        return collections
                .named(COLLECTION)
                .flatMap(stored ->
                        Mono.from(stored.updateOne(and(eq("_id", one.articleId()), eq(PASSES, one.passes())), next)))
                .then();
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
