package broadsheet.stats.erasure;

import static broadsheet.stats.erased.ErasedArticles.COLLECTION;
import static com.mongodb.client.model.Filters.and;
import static com.mongodb.client.model.Filters.eq;
import static com.mongodb.client.model.Filters.lte;
import static com.mongodb.client.model.Updates.combine;
import static com.mongodb.client.model.Updates.inc;
import static com.mongodb.client.model.Updates.set;
import static com.mongodb.client.model.Updates.unset;

import broadsheet.stats.erased.ErasureProperties;
import broadsheet.stats.store.StatsCollections;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Date;
import org.bson.conversions.Bson;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** When the next pass of an erasure is due, until {@value #ENOUGH} were made. */
@Component
class ErasurePasses {

    static final String DUE = "due";
    static final String PASSES = "passes";

    private static final int ENOUGH = 2;

    /** A pass that takes longer is begun by others too, which does no harm. */
    private static final Duration CLAIM = Duration.ofMinutes(1);

    private final StatsCollections collections;
    private final ErasureProperties properties;
    private final InstantSource clock;

    ErasurePasses(StatsCollections collections, ErasureProperties properties, InstantSource clock) {
        this.collections = collections;
        this.properties = properties;
        this.clock = clock;
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
        Bson next = one.passes() + 1 < ENOUGH
                ? combine(inc(PASSES, 1), set(DUE, Date.from(now.plus(properties.repeatedAfter()))))
                : combine(inc(PASSES, 1), unset(DUE), set(Erasures.ERASED_AT, Date.from(now)));
        return collections
                .named(COLLECTION)
                .flatMap(stored ->
                        Mono.from(stored.updateOne(and(eq("_id", one.articleId()), eq(PASSES, one.passes())), next)))
                .then();
    }
}
