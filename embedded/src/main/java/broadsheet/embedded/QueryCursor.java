package broadsheet.embedded;

import de.bwaldvogel.mongo.backend.AbstractCursor;
import de.bwaldvogel.mongo.bson.Document;
import de.bwaldvogel.mongo.exception.MongoServerError;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.function.BooleanSupplier;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;
import org.h2.mvstore.MVMap;
import org.jspecify.annotations.Nullable;

/** The documents that a query finds, each read when it is asked for: of those that wait, only the ids' keys are kept. */
final class QueryCursor extends AbstractCursor implements Iterator<Document> {

    private static final int BATCH_BYTES = 16 << 20; // as MongoDB's
    private static final int QUERY_PLAN_KILLED = 175;

    private final MVMap<byte[], byte[]> documents;
    private final Predicate<Document> condition;
    private final UnaryOperator<Document> projection;
    private final BooleanSupplier isDropped;
    private Iterator<byte[]> ids;
    private long wanted;
    private long bytes;
    private @Nullable Document next;

    /**
     * @param ids of documents that may meet the condition
     * @param wanted how many at most, in all
     * @param isDropped whether there no longer is such a collection
     */
    QueryCursor(
            long id,
            MVMap<byte[], byte[]> documents,
            Iterator<byte[]> ids,
            Predicate<Document> condition,
            long wanted,
            UnaryOperator<Document> projection,
            BooleanSupplier isDropped) {
        super(id);
        this.documents = documents;
        this.ids = ids;
        this.condition = condition;
        this.wanted = wanted;
        this.projection = projection;
        this.isDropped = isDropped;
    }

    @Override
    public boolean hasNext() {
        while (next == null && wanted > 0 && ids.hasNext()) {
            byte[] bson = documents.get(ids.next());
            if (bson != null) {
                keepIfAsked(bson);
            }
        }
        return next != null;
    }

    private void keepIfAsked(byte[] bson) {
        Document document = Bson.decode(bson);
        if (condition.test(document)) {
            wanted--;
            bytes += bson.length;
            next = document;
        }
    }

    @Override
    public Document next() {
        if (!hasNext()) {
            throw new NoSuchElementException();
        }
        Document found = projection.apply(next);
        next = null;
        return found;
    }

    @Override
    public boolean isEmpty() {
        return !hasNext();
    }

    /** @param most 0 for as many as fit into an answer */
    @Override
    public List<Document> takeDocuments(int most) {
        if (isDropped.getAsBoolean()) {
            ids = Collections.emptyIterator();
            throw new MongoServerError(QUERY_PLAN_KILLED, "QueryPlanKilled", "collection dropped");
        }
        List<Document> batch = new ArrayList<>();
        long end = bytes + BATCH_BYTES;
        while ((most == 0 || batch.size() < most) && bytes < end && hasNext()) {
            batch.add(next());
        }
        return batch;
    }

    /** To be called before another command runs: what that frees of an index may be written over. */
    void leaveIndex() {
        List<byte[]> left = new ArrayList<>();
        ids.forEachRemaining(left::add);
        ids = left.iterator();
    }
}
