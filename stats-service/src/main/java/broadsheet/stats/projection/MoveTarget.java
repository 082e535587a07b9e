package broadsheet.stats.projection;

import static broadsheet.stats.projection.DocumentMove.COUNTS;
import static broadsheet.stats.projection.DocumentMove.ID;
import static broadsheet.stats.projection.DocumentMove.TIMES;
import static broadsheet.stats.projection.DocumentMove.TO;
import static com.mongodb.client.model.Filters.and;
import static com.mongodb.client.model.Filters.eq;
import static com.mongodb.client.model.Filters.exists;

import broadsheet.store.DuplicateKeys;
import com.mongodb.ReadConcern;
import com.mongodb.reactivestreams.client.MongoCollection;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.bson.Document;
import org.bson.conversions.Bson;
import org.bson.types.ObjectId;
import reactor.core.publisher.Mono;

/** The document that counts are moved to: it takes each move once, and knows the last {@value #LAST_KEPT} that it took. */
final class MoveTarget {

    private static final String LAST = "lastMoves";
    private static final int LAST_KEPT = 100;

    private final MovedCounts counts;

    MoveTarget(MovedCounts counts) {
        this.counts = counts;
    }

    /**
     * Completes once the counts are added, by whomever.
     *
     * @param source the id of the document that holds them until they are
     */
    Mono<Void> add(MongoCollection<Document> all, String source, Document aside) {
        return Mono.defer(() -> attempt(all, source, aside))
                .filter(added -> added)
                .repeatWhenEmpty(races -> races)
                .then();
    }

    /** False where another move to the same document came between. */
    private Mono<Boolean> attempt(MongoCollection<Document> all, String source, Document aside) {
        String id = aside.getString(TO);
        return Mono.from(all.withReadConcern(ReadConcern.MAJORITY).find(eq("_id", id)))
                .singleOptional()
                .flatMap(to -> to.isPresent() && isAdded(to.get(), aside)
                        ? Mono.just(true)
                        : isHeld(all, source, aside).flatMap(held -> held ? add(all, to, aside) : Mono.just(true)));
    }

    /** Asked once the target is read: another mover that has completed the move since has changed the target. */
    private static Mono<Boolean> isHeld(MongoCollection<Document> all, String source, Document aside) {
        return Mono.from(all.withReadConcern(ReadConcern.MAJORITY)
                        .find(and(
                                eq("_id", source),
                                eq(DocumentMove.ASIDE + "." + DocumentMove.ID, aside.getObjectId(DocumentMove.ID)))))
                .hasElement();
    }

    private Mono<Boolean> add(MongoCollection<Document> all, Optional<Document> to, Document aside) {
        return to.map(stored -> replace(all, stored, aside))
                .orElseGet(() -> insert(all, new Document("_id", aside.getString(TO)), aside));
    }

    private static boolean isAdded(Document to, Document aside) {
        return to.getList(LAST, ObjectId.class, List.of()).contains(aside.getObjectId(ID));
    }

    private Mono<Boolean> replace(MongoCollection<Document> all, Document to, Document aside) {
        Long times = to.getLong(TIMES);
        Bson asRead = and(
                eq("_id", to.get("_id")),
                times == null ? exists(TIMES, false) : eq(TIMES, times),
                counts.isUnchanged(to));
        return Mono.from(all.replaceOne(asRead, sum(to, aside))).map(result -> result.getMatchedCount() == 1);
    }

    private Mono<Boolean> insert(MongoCollection<Document> all, Document to, Document aside) {
        return Mono.from(all.insertOne(sum(to, aside)))
                .thenReturn(true)
                .onErrorResume(DuplicateKeys::areWhy, e -> Mono.just(false));
    }

    private Document sum(Document to, Document aside) {
        Document numbered = new Document(to).append(TIMES, to.get(TIMES, 0L) + 1);
        List<ObjectId> last = new ArrayList<>(to.getList(LAST, ObjectId.class, List.of()));
        last.add(aside.getObjectId(ID));
        return counts.add(numbered, aside.get(COUNTS, Document.class))
                .append(TIMES, numbered.getLong(TIMES))
                .append(LAST, last.subList(Math.max(0, last.size() - LAST_KEPT), last.size()))
                .append(Fences.FIELD, Fences.later(to, aside));
    }
}
