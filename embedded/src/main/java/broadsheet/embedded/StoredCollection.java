package broadsheet.embedded;

import de.bwaldvogel.mongo.MongoDatabase;
import de.bwaldvogel.mongo.backend.AbstractSynchronizedMongoCollection;
import de.bwaldvogel.mongo.backend.CollectionOptions;
import de.bwaldvogel.mongo.backend.CursorRegistry;
import de.bwaldvogel.mongo.backend.DocumentWithPosition;
import de.bwaldvogel.mongo.backend.Index;
import de.bwaldvogel.mongo.backend.Missing;
import de.bwaldvogel.mongo.backend.QueryResult;
import de.bwaldvogel.mongo.backend.Utils;
import de.bwaldvogel.mongo.bson.Document;
import java.util.Comparator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Stream;
import org.h2.mvstore.MVMap;
import org.jspecify.annotations.Nullable;

/**
 * The documents of one collection, by id.
 *
 * <p>A stored document is never changed: queries hand out copies, so that an update works on its own copy and neither a
 * reply being encoded nor a commit being written sees half of it.
 */
final class StoredCollection extends AbstractSynchronizedMongoCollection<Object> {

    private final MVMap<Object, Document> documents;

    StoredCollection(
            MongoDatabase database,
            String name,
            CollectionOptions options,
            MVMap<Object, Document> documents,
            CursorRegistry cursors) {
        super(database, name, options, cursors);
        this.documents = documents;
    }

    @Override
    protected QueryResult queryDocuments(
            Document query,
            @Nullable Document orderBy,
            int skip,
            int limit,
            int batchSize,
            @Nullable Document projection) {
        Optional<Index<Object>> index = getIndexes().stream()
                .filter(candidate -> candidate.canHandle(query))
                .max(Comparator.comparingDouble(candidate -> usefulness(candidate, query)));
        return index.isPresent()
                ? matchDocuments(query, index.get().getPositions(query), orderBy, skip, limit, batchSize, projection)
                : matchDocuments(query, orderBy, skip, limit, batchSize, projection);
    }

    private static double usefulness(Index<Object> index, Document query) {
        return index instanceof StoredIndex several ? several.usefulness(query) : Double.MAX_VALUE;
    }

    @Override
    protected QueryResult createQueryResult(List<Document> matched, int batchSize) {
        return super.createQueryResult(
                matched.stream().map(Document::cloneDeeply).toList(), batchSize);
    }

    @Override
    protected QueryResult matchDocuments(
            Document query,
            @Nullable Document orderBy,
            int skip,
            int limit,
            int batchSize,
            @Nullable Document projection) {
        return matchDocumentsFromStream(
                documents.values().stream(), query, orderBy, skip, limit, batchSize, projection);
    }

    @Override
    protected Object addDocumentInternal(Document document) {
        String idField = getIdField();
        Object id =
                idField == null ? UUID.randomUUID() : Missing.ofNullable(Utils.getSubdocumentValue(document, idField));
        if (documents.putIfAbsent(id, document) != null) {
            throw new IllegalStateException("%s already has a document %s".formatted(getFullName(), id));
        }
        return id;
    }

    @Override
    protected void handleUpdate(Object id, Document before, Document after) {
        documents.put(id, after);
    }

    @Override
    protected void removeDocument(Object id) {
        if (documents.remove(id) == null) {
            throw new NoSuchElementException("%s has no document %s".formatted(getFullName(), id));
        }
    }

    @Override
    protected @Nullable Document getDocument(Object id) {
        return documents.get(id);
    }

    @Override
    protected Stream<DocumentWithPosition<Object>> streamAllDocumentsWithPosition() {
        return documents.entrySet().stream().map(entry -> new DocumentWithPosition<>(entry.getValue(), entry.getKey()));
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
        throw new UnsupportedOperationException("sizes are not tracked");
    }
}
