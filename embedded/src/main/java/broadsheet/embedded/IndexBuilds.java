package broadsheet.embedded;

import de.bwaldvogel.mongo.MongoCollection;
import de.bwaldvogel.mongo.backend.DocumentWithPosition;
import de.bwaldvogel.mongo.exception.IndexBuildFailedException;
import de.bwaldvogel.mongo.exception.MongoServerError;
import java.util.Iterator;
import java.util.List;
import java.util.stream.Stream;
import org.h2.mvstore.MVMap;
import org.h2.mvstore.MVStore;

/**
 * Fills indexes with the documents that are there, a part at a time: what is not committed is in memory, and an index may
 * be larger. What a killed process has filled in part is removed, to be filled again.
 */
final class IndexBuilds {

    private static final int COMMIT_EVERY = 10_000;

    private final MVStore store;

    IndexBuilds(MVStore store) {
        this.store = store;
    }

    private static MVMap<String, Boolean> unfinished(MVStore store) {
        return store.openMap("index-builds");
    }

    static void removeUnfinished(MVStore store) {
        MVMap<String, Boolean> unfinished = unfinished(store);
        List.copyOf(unfinished.keyList()).forEach(store::removeMap);
        unfinished.clear();
    }

    /** @throws IndexBuildFailedException where two documents have what should be unique */
    void fill(OrderedIndex index, MongoCollection<byte[]> collection, Stream<DocumentWithPosition<byte[]>> documents) {
        MVMap<String, Boolean> unfinished = unfinished(store);
        unfinished.put(index.mapName(), true);
        try {
            add(index, collection, documents.iterator());
        } catch (MongoServerError e) {
            index.clear();
            throw new IndexBuildFailedException(e, collection);
        } finally {
            unfinished.remove(index.mapName());
        }
    }

    private void add(
            OrderedIndex index, MongoCollection<byte[]> collection, Iterator<DocumentWithPosition<byte[]>> documents) {
        for (int added = 1; documents.hasNext(); added++) {
            var next = documents.next();
            index.checkAdd(next.getDocument(), collection);
            index.add(next.getDocument(), next.getPosition(), collection);
            if (added % COMMIT_EVERY == 0) {
                store.commit();
            }
        }
    }
}
