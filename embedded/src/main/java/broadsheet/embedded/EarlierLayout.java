package broadsheet.embedded;

import de.bwaldvogel.mongo.bson.Document;
import java.util.List;
import org.h2.mvstore.MVMap;
import org.h2.mvstore.MVStore;

/**
 * Takes over the documents of a file in the layout until November 2026: maps of the same bytes, but by the BSON of the id.
 * The indexes, found empty, are filled again when their database is opened.
 */
final class EarlierLayout {

    private static final String DOCUMENTS = "collection/";
    private static final String INDEX = "index/";
    private static final String ID = "k";
    private static final int COMMIT_EVERY = 1_000;

    private EarlierLayout() {}

    /** A process that is killed meanwhile leaves what the next one can begin with again. */
    static void convert(MVStore store) {
        for (String name : List.copyOf(store.getMapNames())) {
            if (name.startsWith(INDEX)) {
                store.removeMap(name);
            } else if (name.startsWith(DOCUMENTS)) {
                MVMap<byte[], byte[]> earlier = IndexedDatabase.openMap(store, name);
                copy(store, earlier, IndexedDatabase.DOCUMENTS + name.substring(DOCUMENTS.length()));
                store.removeMap(earlier);
            }
        }
        store.commit();
    }

    private static void copy(MVStore store, MVMap<byte[], byte[]> earlier, String name) {
        MVMap<byte[], byte[]> documents = IndexedDatabase.openMap(store, name);
        int copied = 0;
        for (var cursor = earlier.cursor(null); cursor.hasNext(); ) {
            Document id = Bson.decode(cursor.next());
            documents.put(SortKey.of(id.getOrMissing(ID)), cursor.getValue());
            if (++copied % COMMIT_EVERY == 0) {
                store.commit();
            }
        }
    }
}
