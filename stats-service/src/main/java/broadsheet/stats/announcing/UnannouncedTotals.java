package broadsheet.stats.announcing;

import static com.mongodb.client.model.Filters.and;
import static com.mongodb.client.model.Filters.eq;
import static com.mongodb.client.model.Filters.exists;
import static com.mongodb.client.model.Filters.in;
import static com.mongodb.client.model.Filters.lte;
import static com.mongodb.client.model.Filters.or;
import static com.mongodb.client.model.Projections.include;
import static com.mongodb.client.model.Updates.combine;
import static com.mongodb.client.model.Updates.set;
import static com.mongodb.client.model.Updates.unset;

import broadsheet.stats.StatsCollections;
import com.mongodb.client.model.BulkWriteOptions;
import com.mongodb.client.model.UpdateOneModel;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Date;
import java.util.List;
import java.util.Optional;
import org.bson.Document;
import org.bson.conversions.Bson;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/**
 * The totals whose {@code unannounced} the counting has set.
 *
 * <p>Each is announced twice: at once, and again when an older one can no longer be on its way. Another instance that
 * read it before may be the slower one, and may die before it can tell; whichever record is the last of its key then,
 * the second announcement comes after it.
 */
@Component
class UnannouncedTotals {

    /** Longer than an announcement takes at most, which is the announcer's time limit and the producer's together. */
    static final Duration SETTLED = Duration.ofMinutes(2);

    private static final Bson UNANNOUNCED = eq("unannounced", true);
    private static final Bson NEW = exists("announcedAt", false);

    private final StatsCollections collections;
    private final InstantSource clock;

    UnannouncedTotals(StatsCollections collections, InstantSource clock) {
        this.collections = collections;
        this.clock = clock;
    }

    /** What is to be announced for the first time, or by now for the second. */
    Flux<Total> all() {
        return Flux.defer(() -> {
            Instant settled = clock.instant().minus(SETTLED);
            return find(and(UNANNOUNCED, or(NEW, lte("announcedAt", Date.from(settled)))));
        });
    }

    /** What is to be announced for the first time. */
    Flux<Total> among(List<String> articleIds) {
        return find(and(in("_id", articleIds), UNANNOUNCED, NEW));
    }

    private Flux<Total> find(Bson filter) {
        return Flux.defer(() -> {
            Instant asOf = clock.instant();
            return collections
                    .named(StatsCollections.TOTALS)
                    .flatMapMany(totals -> totals.find(filter).projection(include("hits", "announcedAt")))
                    .map(total -> total(total, asOf));
        });
    }

    private static Total total(Document stored, Instant asOf) {
        Instant announcedAt = Optional.ofNullable(stored.getDate("announcedAt"))
                .map(Date::toInstant)
                .orElse(null);
        return new Total(stored.getString("_id"), stored.getLong("hits"), asOf, announcedAt);
    }

    /** A total that has changed meanwhile stays as it is. */
    Mono<Void> announced(List<Total> announced) {
        List<UpdateOneModel<Document>> writes =
                announced.stream().map(this::announced).toList();
        return writes.isEmpty()
                ? Mono.empty()
                : collections
                        .named(StatsCollections.TOTALS)
                        .flatMap(totals -> Mono.from(totals.bulkWrite(writes, new BulkWriteOptions().ordered(false))))
                        .then();
    }

    private UpdateOneModel<Document> announced(Total total) {
        Bson same = and(eq("_id", total.articleId()), eq("hits", total.hits()));
        return total.announcedAt() == null
                ? new UpdateOneModel<>(and(same, NEW), set("announcedAt", Date.from(clock.instant())))
                : new UpdateOneModel<>(
                        and(same, eq("announcedAt", Date.from(total.announcedAt()))),
                        combine(unset("unannounced"), unset("announcedAt")));
    }
}
