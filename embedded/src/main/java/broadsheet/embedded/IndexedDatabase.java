package broadsheet.embedded;

import de.bwaldvogel.mongo.MongoCollection;
import de.bwaldvogel.mongo.MongoDatabase;
import de.bwaldvogel.mongo.backend.AbstractMongoDatabase;
import de.bwaldvogel.mongo.backend.CollectionOptions;
import de.bwaldvogel.mongo.backend.CursorRegistry;
import de.bwaldvogel.mongo.backend.DatabaseResolver;
import de.bwaldvogel.mongo.backend.Index;
import de.bwaldvogel.mongo.backend.IndexKey;
import de.bwaldvogel.mongo.backend.QueryResult;
import de.bwaldvogel.mongo.backend.Utils;
import de.bwaldvogel.mongo.backend.aggregation.Aggregation;
import de.bwaldvogel.mongo.bson.Document;
import de.bwaldvogel.mongo.exception.MongoServerError;
import de.bwaldvogel.mongo.oplog.Oplog;
import io.netty.channel.Channel;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.h2.mvstore.MVMap;
import org.h2.mvstore.MVStore;
import org.h2.mvstore.type.ByteArrayDataType;

/** One database: a map of the store for each collection and for each of its indexes but those of the ids. */
final class IndexedDatabase extends AbstractMongoDatabase<byte[]> {

    static final String DOCUMENTS = "documents/";
    static final String INDEX = "index-entries/";

    private static final int INVALID_OPTIONS = 72;
    private static final int FIRST_BATCH = 101; // as MongoDB's

    private final MVStore store;

    IndexedDatabase(String name, MVStore store, CursorRegistry cursors) {
        super(name, cursors);
        this.store = store;
        initializeNamespacesAndIndexes();
    }

    static Stream<String> names(MVStore store) {
        return store.getMapNames().stream()
                .filter(map -> map.startsWith(DOCUMENTS))
                .map(map -> map.substring(DOCUMENTS.length(), map.indexOf('.')))
                .distinct();
    }

    static MVMap<byte[], byte[]> openMap(MVStore store, String name) {
        return store.openMap(
                name,
                new MVMap.Builder<byte[], byte[]>()
                        .keyType(ByteArrayDataType.INSTANCE)
                        .valueType(ByteArrayDataType.INSTANCE));
    }

    @Override
    public Document handleCommand(
            Channel channel, String command, Document query, DatabaseResolver databases, Oplog oplog) {
        if (command.equals("drop") && resolveCollection(String.valueOf(query.get(command)), false) == null) {
            Document reply = new Document();
            Utils.markOkay(reply); // as MongoDB does since 7.0
            return reply;
        }
        if (command.equals("find")) {
            query.putIfAbsent("batchSize", FIRST_BATCH);
        }
        var collection =
                command.equals("aggregate") ? resolveCollection(String.valueOf(query.get(command)), false) : null;
        return collection instanceof IndexedCollection indexed
                ? aggregate(query, indexed, databases, oplog)
                : super.handleCommand(channel, command, query, databases, oplog);
    }

    /** Answers the first stages, as far as they are those of a query, by the query. */
    private Document aggregate(
            Document command, IndexedCollection collection, DatabaseResolver databases, Oplog oplog) {
        List<Document> stages = new ArrayList<>(Aggregation.parse(command.get("pipeline")));
        var query = (Document) take(stages, "$match").orElseGet(Document::new);
        var order = (Document) take(stages, "$sort").orElse(null);
        int limit = take(stages, "$limit")
                .map(Number.class::cast)
                .map(Number::intValue)
                .orElse(0);
        Aggregation rest = Aggregation.fromPipeline(stages, databases, this, collection, oplog);
        rest.validate(command);
        QueryResult documents = collection.queryDocuments(query, order, 0, limit, 0, null);
        Document cursor = new Document("id", 0L)
                .append("ns", collection.getFullName())
                .append("firstBatch", rest.runStages(StreamSupport.stream(documents.spliterator(), false)));
        Document reply = new Document("cursor", cursor);
        Utils.markOkay(reply);
        return reply;
    }

    private static Optional<Object> take(List<Document> stages, String name) {
        return stages.isEmpty() || !stages.get(0).containsKey(name)
                ? Optional.empty()
                : Optional.of(stages.remove(0).getOrMissing(name));
    }

    @Override
    protected MongoCollection<byte[]> openOrCreateCollection(String collection, CollectionOptions options) {
        return new IndexedCollection(
                this, collection, options, documents(collection), cursorRegistry, new IndexBuilds(store));
    }

    private MVMap<byte[], byte[]> documents(String collection) {
        return openMap(store, DOCUMENTS + getFullCollectionNamespace(collection));
    }

    @Override
    protected void addIndex(Document description) {
        if (description.containsKey("partialFilterExpression") && Utils.isTrue(description.get("unique"))) {
            throw new MongoServerError(INVALID_OPTIONS, "An index cannot be both unique and partial here.");
        }
        super.addIndex(description);
    }

    @Override
    protected Index<byte[]> openOrCreateUniqueIndex(
            String collection, String index, List<IndexKey> keys, boolean sparse) {
        var entries = OrderedIndex.isOfIds(keys) ? documents(collection) : entries(collection, index);
        return new OrderedIndex(entries, index, keys, true, sparse);
    }

    /** A partial index has all documents: it finds those it should, and nothing but its size is not the same. */
    @Override
    protected Index<byte[]> openOrCreateSecondaryIndex(
            String collection, String index, List<IndexKey> keys, boolean sparse) {
        return new OrderedIndex(entries(collection, index), index, keys, false, sparse);
    }

    private MVMap<byte[], byte[]> entries(String collection, String index) {
        return openMap(store, entriesName(collection, index));
    }

    private String entriesName(String collection, String index) {
        return INDEX + getFullCollectionNamespace(collection) + "/" + index;
    }

    @Override
    protected void dropIndex(MongoCollection<byte[]> collection, String index) {
        super.dropIndex(collection, index);
        store.removeMap(entriesName(collection.getCollectionName(), index));
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
