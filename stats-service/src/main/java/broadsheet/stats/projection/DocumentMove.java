package broadsheet.stats.projection;

import static com.mongodb.client.model.Filters.and;
import static com.mongodb.client.model.Filters.eq;
import static com.mongodb.client.model.Filters.exists;
import static com.mongodb.client.model.Projections.include;
import static com.mongodb.client.model.Updates.set;
import static com.mongodb.client.model.Updates.unset;

import com.mongodb.ReadConcern;
import com.mongodb.reactivestreams.client.MongoCollection;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Date;
import org.bson.Document;
import org.bson.conversions.Bson;
import org.bson.types.ObjectId;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/**
 * Moves what documents have counted to others that no view is counted in, exactly once: the process may end anywhere, and
 * others may count in them or move them at the same time.
 *
 * <p>First one write sets the counts aside in their own document, while its fence is as it was read. Then they are added to
 * the other document, which notes the move's id, and last they are removed. The fence stays for some time, so that a record
 * that is delivered again is not counted again; what is counted meanwhile is the next move's.
 */
public final class DocumentMove {

    /** How often something was moved to a document. */
    public static final String TIMES = "movesHere";

    static final String ID = "id";
    static final String TO = "to";
    static final String COUNTS = "counts";

    /** What holds counts that are being moved. */
    public static final String ASIDE = "moved";

    private static final String AT = "movedAt";
    private static final String LAST_MOVE = "lastMove";

    private final MovedCounts counts;
    private final MoveTarget target;
    private final Duration fencesKept;
    private final InstantSource clock;

    public DocumentMove(MovedCounts counts, Duration fencesKept, InstantSource clock) {
        this.counts = counts;
        this.target = new MoveTarget(counts);
        this.fencesKept = fencesKept;
        this.clock = clock;
    }

    /**
     * Moves what the documents have counted that match.
     *
     * @param begun all of which a move may have been begun and left: those are completed first, as a document knows only the
     *     last moves to it
     * @param counted how far their generation is counted
     */
    Mono<Void> move(MongoCollection<Document> all, Bson which, Bson begun, CountedTo counted) {
        return read(all, and(begun, exists(ASIDE)))
                .concatMap(from -> complete(all, from, from.get(ASIDE, Document.class)), 1)
                .thenMany(read(all, which).concatMap(from -> move(all, from, counted), 1))
                .then();
    }

    /** How often something was moved from these to those; empty while it is, of which neither may have the counts. */
    public static Mono<Long> times(MongoCollection<Document> all, Bson from, Bson to) {
        return Mono.from(all.find(and(from, exists(ASIDE))).limit(1))
                .hasElement()
                .filter(moving -> !moving)
                .flatMap(still -> Flux.from(all.find(to).projection(include(TIMES)))
                        .map(target -> target.get(TIMES, 0L))
                        .reduce(0L, Long::sum));
    }

    private static Flux<Document> read(MongoCollection<Document> all, Bson which) {
        return Flux.from(all.withReadConcern(ReadConcern.MAJORITY).find(which).batchSize(20));
    }

    private Mono<Void> move(MongoCollection<Document> all, Document from, CountedTo counted) {
        Document aside = from.get(ASIDE, Document.class);
        if (aside != null) {
            return complete(all, from, aside);
        }
        Document moved = counts.of(from);
        return moved.isEmpty() ? forget(all, from, counted) : setAside(all, from, moved);
    }

    /** Nothing where it was counted in meanwhile: the next time. */
    private Mono<Void> setAside(MongoCollection<Document> all, Document from, Document moved) {
        Document aside = new Document(ID, new ObjectId())
                .append(TO, counts.to(from))
                .append(COUNTS, moved)
                .append(Fences.FIELD, from.get(Fences.FIELD, new Document()));
        Document rest = counts.rest(from)
                .append(ASIDE, aside)
                .append(LAST_MOVE, aside.get(ID))
                .append(AT, Date.from(clock.instant()));
        if (from.containsKey(Fences.FIELD)) {
            rest.append(Fences.FIELD, from.get(Fences.FIELD));
        }
        return Mono.from(all.replaceOne(isUncounted(from), rest))
                .filter(result -> result.getMatchedCount() == 1)
                .flatMap(done -> complete(all, from, aside));
    }

    /** Holds while it is neither counted in nor moved since it was read. */
    private Bson isUncounted(Document from) {
        Object last = from.get(LAST_MOVE);
        return and(
                eq("_id", from.get("_id")),
                exists(ASIDE, false),
                last == null ? exists(LAST_MOVE, false) : eq(LAST_MOVE, last),
                Fences.areAsRead(from),
                counts.isUnchanged(from));
    }

    private Mono<Void> complete(MongoCollection<Document> all, Document from, Document aside) {
        return target.add(all, from.getString("_id"), aside)
                .then(Mono.defer(() -> Mono.from(all.updateOne(
                        and(eq("_id", from.get("_id")), eq(ASIDE + "." + ID, aside.getObjectId(ID))), unset(ASIDE)))))
                .then();
    }

    /** Removes what is left of a document once no record can be delivered again that it has counted. */
    private Mono<Void> forget(MongoCollection<Document> all, Document from, CountedTo counted) {
        Instant movedAt = movedAt(from);
        Bson same = isUncounted(from);
        if (movedAt == null) {
            return Mono.from(all.updateOne(same, set(AT, Date.from(clock.instant()))))
                    .then();
        }
        boolean old = !clock.instant().isBefore(movedAt.plus(fencesKept));
        return old && !counted.mayRepeat(FencedSum.of(0, from))
                ? Mono.from(all.deleteOne(same)).then()
                : Mono.empty();
    }

    private static @Nullable Instant movedAt(Document from) {
        Date at = from.getDate(AT);
        return at == null ? null : at.toInstant();
    }
}
