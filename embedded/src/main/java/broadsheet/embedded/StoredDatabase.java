package broadsheet.embedded;

import de.bwaldvogel.mongo.MongoCollection;
import de.bwaldvogel.mongo.MongoDatabase;
import de.bwaldvogel.mongo.backend.AbstractSynchronizedMongoDatabase;
import de.bwaldvogel.mongo.backend.CollectionOptions;
import de.bwaldvogel.mongo.backend.CursorRegistry;
import de.bwaldvogel.mongo.backend.Index;
import de.bwaldvogel.mongo.backend.IndexKey;
import de.bwaldvogel.mongo.bson.Document;
import de.bwaldvogel.mongo.oplog.Oplog;
import java.util.List;
import java.util.stream.Stream;
import org.h2.mvstore.MVMap;
import org.h2.mvstore.MVStore;
import org.h2.mvstore.type.ByteArrayDataType;
import org.jspecify.annotations.Nullable;

/** One database: a map of the store for each collection and for each of its indexes. */
final class StoredDatabase extends AbstractSynchronizedMongoDatabase<Object> {

    private static final String COLLECTIONS = "collection/";
    private static final String INDEXES = "index/";

    private final MVStore store;
    private @Nullable Document adding;

    StoredDatabase(String name, MVStore store, CursorRegistry cursors) {
        super(name, cursors);
        this.store = store;
        initializeNamespacesAndIndexes();
    }

    static Stream<String> names(MVStore store) {
        return store.getMapNames().stream()
                .filter(map -> map.startsWith(COLLECTIONS))
                .map(map -> map.substring(COLLECTIONS.length(), map.indexOf('.')))
                .distinct();
    }

    @Override
    protected MongoCollection<Object> openOrCreateCollection(String collection, CollectionOptions options) {
        return new StoredCollection(this, collection, options, documents(collection), cursorRegistry);
    }

    private MVMap<Object, Document> documents(String collection) {
        return store.openMap(
                COLLECTIONS + getFullCollectionNamespace(collection),
                new MVMap.Builder<Object, Document>().keyType(KeyType.INSTANCE).valueType(DocumentType.INSTANCE));
    }

    @Override
    protected synchronized void addIndex(Document description) {
        // adding the first index of a collection adds that of its ids meanwhile
        Document outer = adding;
        adding = description;
        super.addIndex(description);
        adding = outer;
    }

    @Override
    protected Index<Object> openOrCreateUniqueIndex(
            String collection, String index, List<IndexKey> keys, boolean sparse) {
        return new StoredUniqueIndex(
                positions(collection, index), index, keys, sparse, partialFilter(collection, index));
    }

    @Override
    protected Index<Object> openOrCreateSecondaryIndex(
            String collection, String index, List<IndexKey> keys, boolean sparse) {
        return new StoredIndex(positions(collection, index), index, keys);
    }

    /** From the description being added or, when the database is opened, from the one that was. */
    private @Nullable Document partialFilter(String collection, String index) {
        Document key = new Document("ns", getFullCollectionNamespace(collection)).append("name", index);
        MongoCollection<Object> descriptions = indexes.get();
        return Stream.concat(
                        Stream.ofNullable(adding),
                        descriptions == null ? Stream.empty() : descriptions.handleQueryAsStream(key))
                .filter(description -> key.entrySet().stream()
                        .allMatch(entry -> entry.getValue().equals(description.get(entry.getKey()))))
                .map(description -> description.get("partialFilterExpression"))
                .filter(Document.class::isInstance)
                .map(Document.class::cast)
                .findFirst()
                .orElse(null);
    }

    private MVMap<byte[], Object> positions(String collection, String index) {
        return store.openMap(
                indexMap(collection, index),
                new MVMap.Builder<byte[], Object>()
                        .keyType(ByteArrayDataType.INSTANCE)
                        .valueType(KeyType.INSTANCE));
    }

    private String indexMap(String collection, String index) {
        return INDEXES + getFullCollectionNamespace(collection) + "/" + index;
    }

    @Override
    protected void dropIndex(MongoCollection<Object> collection, String index) {
        super.dropIndex(collection, index);
        store.removeMap(indexMap(collection.getCollectionName(), index));
    }

    @Override
    public void dropCollection(String collection, Oplog oplog) {
        super.dropCollection(collection, oplog);
        store.removeMap(documents(collection));
    }

    @Override
    public void moveCollection(MongoDatabase from, MongoCollection<?> collection, String name) {
        throw new UnsupportedOperationException("collections cannot be renamed");
    }

    @Override
    protected long getStorageSize() {
        return store.getFileStore() == null ? 0 : store.getFileStore().size();
    }

    @Override
    protected long getFileSize() {
        return getStorageSize();
    }
}
