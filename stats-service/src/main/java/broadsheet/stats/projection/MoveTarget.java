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
import org.bson.Document;
import org.bson.conversions.Bson;
import org.bson.types.ObjectId;
import reactor.core.publisher.Mono;

/** The document that counts are moved to: it takes each move once, and knows the last {@value #LAST_KEPT} that it took. */
final class MoveTarget {

    private static final String LAST = "lastMoves";
    private static final int LAST_KEPT = 100;

    private final DocumentMove.Counts counts;

    MoveTarget(DocumentMove.Counts counts) {
        this.counts = counts;
    }

    /** Completes once the counts are added, by whomever. */
    Mono<Void> add(MongoCollection<Document> all, Document aside) {
        return Mono.defer(() -> attempt(all, aside))
                .filter(added -> added)
                .repeatWhenEmpty(races -> races)
                .then();
    }

    /** False where another move to the same document came between. */
    private Mono<Boolean> attempt(MongoCollection<Document> all, Document aside) {
        String id = aside.getString(TO);
        return Mono.from(all.withReadConcern(ReadConcern.MAJORITY).find(eq("_id", id)))
                .flatMap(to -> isAdded(to, aside) ? Mono.just(true) : replace(all, to, aside))
                .switchIfEmpty(Mono.defer(() -> insert(all, new Document("_id", id), aside)));
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
