package broadsheet.embedded;

import de.bwaldvogel.mongo.MongoDatabase;
import de.bwaldvogel.mongo.backend.AbstractMongoCollection;
import de.bwaldvogel.mongo.backend.CollectionOptions;
import de.bwaldvogel.mongo.backend.CursorRegistry;
import de.bwaldvogel.mongo.backend.DocumentWithPosition;
import de.bwaldvogel.mongo.backend.Index;
import de.bwaldvogel.mongo.backend.QueryResult;
import de.bwaldvogel.mongo.backend.Utils;
import de.bwaldvogel.mongo.bson.Document;
import java.util.Comparator;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Stream;
import org.h2.mvstore.MVMap;
import org.jspecify.annotations.Nullable;

/** The documents of one collection, by the {@link SortKey} of their id; queries use the index that helps most. */
final class IndexedCollection extends AbstractMongoCollection<byte[]> {

    private final MVMap<byte[], byte[]> documents;
    private final IndexBuilds builds;

    IndexedCollection(
            MongoDatabase database,
            String name,
            CollectionOptions options,
            MVMap<byte[], byte[]> documents,
            CursorRegistry cursors,
            IndexBuilds builds) {
        super(database, name, options, cursors);
        this.documents = documents;
        this.builds = builds;
    }

    @Override
    public void addIndex(Index<byte[]> index) {
        if (index.isEmpty()
                && getIndexes().stream().noneMatch(known -> known.getName().equals(index.getName()))) {
            builds.fill((OrderedIndex) index, this, streamAllDocumentsWithPosition());
        }
        super.addIndex(index);
    }

    @Override
    protected QueryResult queryDocuments(
            Document query,
            @Nullable Document order,
            int skip,
            int limit,
            int batchSize,
            @Nullable Document projection) {
        FieldConditions conditions = new FieldConditions(query);
        Document asked = order == null || order.isEmpty() ? null : order;
        Optional<IndexScan> best = getIndexes().stream()
                .map(index -> ((OrderedIndex) index).scan(conditions, asked))
                .max(Comparator.comparingDouble(IndexScan::usefulness));
        return best.isEmpty()
                ? matchDocuments(query, order, skip, limit, batchSize, projection)
                : matchDocumentsFromStream(
                        best.get().ids().map(this::getDocument),
                        best.get().ofIds() ? IdLists.leftOut(query) : query,
                        best.get().inOrder() ? null : order,
                        skip,
                        limit,
                        batchSize,
                        projection);
    }

    @Override
    protected QueryResult matchDocuments(
            Document query,
            @Nullable Document order,
            int skip,
            int limit,
            int batchSize,
            @Nullable Document projection) {
        return matchDocumentsFromStream(
                documents.values().stream().map(Bson::decode), query, order, skip, limit, batchSize, projection);
    }

    @Override
    protected byte[] addDocumentInternal(Document document) {
        String idField = getIdField();
        byte[] id = SortKey.of(idField == null ? UUID.randomUUID() : Utils.getSubdocumentValue(document, idField));
        documents.put(id, Bson.encode(document));
        return id;
    }

    @Override
    protected void handleUpdate(byte[] id, Document before, Document after) {
        documents.put(id, Bson.encode(after));
    }

    @Override
    protected void removeDocument(byte[] id) {
        documents.remove(id);
    }

    @Override
    protected Document getDocument(byte[] id) {
        return Bson.decode(Objects.requireNonNull(documents.get(id)));
    }

    @Override
    protected Stream<DocumentWithPosition<byte[]>> streamAllDocumentsWithPosition() {
        return documents.entrySet().stream()
                .map(entry -> new DocumentWithPosition<>(Bson.decode(entry.getValue()), entry.getKey()));
    }

    @Override
    public int count() {
        return documents.size();
    }

    @Override
    protected boolean tracksDataSize() {
        return false;
    }

    @Override
    protected int getDataSize() {
        return 0;
    }

    @Override
    protected void updateDataSize(int change) {
        // not tracked
    }
}
