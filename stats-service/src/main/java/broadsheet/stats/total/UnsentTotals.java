package broadsheet.stats.total;

import static broadsheet.stats.total.ArticleTotals.COLLECTION;
import static broadsheet.stats.total.ArticleTotals.HITS;
import static broadsheet.stats.total.ArticleTotals.IMPORTED;
import static broadsheet.stats.total.ArticleTotals.REACHED;
import static com.mongodb.client.model.Filters.and;
import static com.mongodb.client.model.Filters.eq;
import static com.mongodb.client.model.Filters.exists;
import static com.mongodb.client.model.Filters.in;
import static com.mongodb.client.model.Filters.lte;
import static com.mongodb.client.model.Filters.or;
import static com.mongodb.client.model.Indexes.ascending;
import static com.mongodb.client.model.Projections.include;
import static com.mongodb.client.model.Updates.combine;
import static com.mongodb.client.model.Updates.inc;
import static com.mongodb.client.model.Updates.set;
import static com.mongodb.client.model.Updates.unset;

import broadsheet.stats.generation.ServedCollections;
import broadsheet.stats.generation.ServedNumbers;
import com.mongodb.client.model.BulkWriteOptions;
import com.mongodb.client.model.IndexModel;
import com.mongodb.client.model.IndexOptions;
import com.mongodb.client.model.UpdateOneModel;
import com.mongodb.reactivestreams.client.MongoCollection;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Date;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Collectors;
import org.bson.Document;
import org.bson.conversions.Bson;
import org.reactivestreams.Publisher;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/**
 * The totals that changed since they were last sent.
 *
 * <p>Each is sent twice: at once, and again when an older one can no longer be on its way. Another instance that read the
 * total before may send it later, and may die before it marks that; whichever record is the last of its key then, the
 * second sending comes after it.
 */
@Component
class UnsentTotals {

    /**
     * Longer than sending takes at most, which is the sender's time limit and the producer's together, and than the two
     * minutes that readers take for that, by as much as the clocks of instances may differ.
     */
    static final Duration SETTLED = Duration.ofMinutes(5);

    private static final String UNSENT = "unsent";
    private static final String SENT_AT = "sentAt";
    private static final String CHANGES = "changes";

    /** The change that makes a total unsent, whether its hits change with it or only what was imported. */
    static final Bson MARK = combine(set(UNSENT, true), unset(SENT_AT), inc(CHANGES, 1L));

    static final IndexModel INDEX =
            new IndexModel(ascending(UNSENT), new IndexOptions().partialFilterExpression(eq(UNSENT, true)));

    private static final Bson IS_UNSENT = eq(UNSENT, true);
    private static final Bson NEVER_SENT = exists(SENT_AT, false);

    private final ServedCollections collections;
    private final InstantSource clock;

    UnsentTotals(ServedCollections collections, InstantSource clock) {
        this.collections = collections;
        this.clock = clock;
    }

    /** Earlier releases wrote {@code unannounced} and {@code announcedAt}; what waited under these names is unsent. */
    static Publisher<?> upgrade(MongoCollection<Document> totals) {
        return totals.updateMany(eq("unannounced", true), combine(MARK, unset("unannounced"), unset("announcedAt")));
    }

    /** The totals that are to be sent for the first time, or by now for the second. */
    Flux<UnsentTotal> due() {
        return Flux.defer(() -> {
            Instant settled = clock.instant().minus(SETTLED);
            return find(and(IS_UNSENT, or(NEVER_SENT, lte(SENT_AT, Date.from(settled)))));
        });
    }

    /** Those among these articles whose total is to be sent for the first time. */
    Flux<UnsentTotal> among(List<String> articleIds) {
        return find(and(in("_id", articleIds), IS_UNSENT, NEVER_SENT));
    }

    private Flux<UnsentTotal> find(Bson filter) {
        return Flux.defer(() -> {
            Instant asOf = clock.instant();
            return collections
                    .all()
                    .flatMapMany(served -> collections
                            .named(COLLECTION, served.number(COLLECTION))
                            .flatMapMany(totals ->
                                    totals.find(filter).projection(include(HITS, IMPORTED, REACHED, SENT_AT, CHANGES)))
                            .map(total -> unsent(total, asOf, served)));
        });
    }

    private static UnsentTotal unsent(Document stored, Instant asOf, ServedNumbers served) {
        Instant sentAt = Optional.ofNullable(stored.getDate(SENT_AT))
                .map(Date::toInstant)
                .orElse(null);
        return new UnsentTotal(
                stored.getString("_id"),
                stored.getLong(HITS),
                Objects.requireNonNullElse(stored.getLong(IMPORTED), 0L),
                served.number(COLLECTION),
                served.announcedAs(),
                asOf,
                stored.getLong(CHANGES),
                reached(stored),
                sentAt);
    }

    private static Map<Long, Instant> reached(Document stored) {
        return stored.get(REACHED, new Document()).entrySet().stream()
                .collect(Collectors.toMap(
                        threshold -> Long.valueOf(threshold.getKey()),
                        threshold -> ((Date) threshold.getValue()).toInstant()));
    }

    /** Notes the imported hits beside the totals, for whoever counts on and looks for thresholds. */
    Mono<Void> noteImported(List<UnsentTotal> totals, Map<String, Long> imported) {
        var byGeneration = totals.stream()
                .filter(total -> total.imported() != imported.getOrDefault(total.articleId(), 0L))
                .collect(Collectors.groupingBy(
                        UnsentTotal::generation,
                        Collectors.mapping(
                                total -> new UpdateOneModel<Document>(
                                        eq("_id", total.articleId()),
                                        set(IMPORTED, imported.getOrDefault(total.articleId(), 0L))),
                                Collectors.toList())));
        return Flux.fromIterable(byGeneration.entrySet())
                .concatMap(writes -> write(writes.getKey(), writes.getValue()))
                .then();
    }

    /** Marks the totals as sent; one that has changed meanwhile stays unsent. */
    Mono<Void> markSent(List<UnsentTotal> sent) {
        var byGeneration = sent.stream().collect(Collectors.groupingBy(UnsentTotal::generation));
        return Flux.fromIterable(byGeneration.entrySet())
                .concatMap(totals -> markSent(totals.getKey(), totals.getValue()))
                .then();
    }

    private Mono<Void> markSent(int generation, List<UnsentTotal> sent) {
        return write(generation, sent.stream().map(this::markSent).toList());
    }

    private Mono<Void> write(int generation, List<UpdateOneModel<Document>> writes) {
        return collections
                .named(COLLECTION, generation)
                .flatMap(totals -> Mono.from(totals.bulkWrite(writes, new BulkWriteOptions().ordered(false))))
                .then();
    }

    private UpdateOneModel<Document> markSent(UnsentTotal total) {
        Bson same = and(
                eq("_id", total.articleId()),
                total.changes() == null ? exists(CHANGES, false) : eq(CHANGES, total.changes()));
        return total.sentAt() == null
                ? new UpdateOneModel<>(and(same, NEVER_SENT), set(SENT_AT, Date.from(clock.instant())))
                : new UpdateOneModel<>(
                        and(same, eq(SENT_AT, Date.from(total.sentAt()))), combine(unset(UNSENT), unset(SENT_AT)));
    }
}
