package broadsheet.article.media;

import com.mongodb.client.model.Filters;
import com.mongodb.client.model.Projections;
import com.mongodb.client.model.Sorts;
import com.mongodb.reactivestreams.client.MongoDatabase;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Collectors;
import org.bson.Document;
import org.bson.conversions.Bson;
import org.bson.types.ObjectId;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/**
 * Removes chunks of files in the store that have no file: it is written after them, and removed before them. Looks at all of
 * them once after a start, which follows whatever kill there was, and then only at newer ones.
 */
final class CutOffChunks {

    private static final String FILE = "files_id";
    private static final int AT_ONCE = 1_000;

    private final String bucket;
    private final AtomicReference<ObjectId> lookedAt = new AtomicReference<>(new ObjectId(0, 0));

    CutOffChunks(String bucket) {
        this.bucket = bucket;
    }

    /** Those of files that were begun before that time; an id says when. */
    Mono<Void> removeOlderThan(Instant time, MongoDatabase database) {
        var chunks = database.getCollection(bucket + ".chunks");
        var until = new ObjectId((int) time.getEpochSecond(), 0);
        Bson unseen = Filters.and(Filters.eq("n", 0), Filters.gte(FILE, lookedAt.get()), Filters.lt(FILE, until));
        return Flux.from(chunks.find(unseen)
                        .projection(Projections.fields(Projections.include(FILE), Projections.excludeId()))
                        .sort(Sorts.ascending(FILE)))
                .map(chunk -> chunk.getObjectId(FILE))
                .buffer(AT_ONCE)
                .concatMap(ids -> withoutFile(ids, database))
                .concatMap(ids -> ids.isEmpty() ? Mono.empty() : Mono.from(chunks.deleteMany(Filters.in(FILE, ids))))
                .then(Mono.fromRunnable(() -> lookedAt.set(until)));
    }

    private Mono<List<ObjectId>> withoutFile(List<ObjectId> ids, MongoDatabase database) {
        return Flux.from(database.getCollection(bucket + ".files")
                        .find(Filters.in("_id", ids))
                        .projection(Projections.include("_id")))
                .map((Document file) -> file.getObjectId("_id"))
                .collect(Collectors.toSet())
                .map(known -> ids.stream().filter(id -> !known.contains(id)).toList());
    }
}
