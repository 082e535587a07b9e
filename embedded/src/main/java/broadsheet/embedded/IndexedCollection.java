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
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.h2.mvstore.MVMap;
import org.jspecify.annotations.Nullable;

/** The documents of one collection, by the {@link SortKey} of their id; queries use the index that helps most. */
final class IndexedCollection extends AbstractMongoCollection<byte[]> {

    private final MVMap<byte[], byte[]> documents;
    private final IndexBuilds builds;
    private volatile boolean dropped;

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
        Optional<IndexScan> scan = getIndexes().stream()
                .map(index -> ((OrderedIndex) index).scan(conditions, asked))
                .max(Comparator.comparingDouble(IndexScan::usefulness));
        Document rest = scan.filter(IndexScan::ofIds).isPresent() ? IdLists.leftOut(query) : query;
        var ids = scan.map(IndexScan::ids).orElseGet(() -> documents.keySet().stream());
        if (!scan.map(IndexScan::inOrder).orElse(asked == null)) {
            ids = sorted(ids, rest, Objects.requireNonNull(asked));
        }
        var cursor = new QueryCursor(
                cursorRegistry.generateCursorId(),
                documents,
                ids.iterator(),
                document -> documentMatchesQuery(document, rest),
                limit > 0 ? (long) skip + limit : Long.MAX_VALUE,
                projected(projection),
                () -> dropped);
        for (int skipped = 0; skipped < skip && cursor.hasNext(); skipped++) {
            cursor.next();
        }
        return batchSize == 0 ? new QueryResult(() -> cursor) : firstBatch(cursor, batchSize);
    }

    private QueryResult firstBatch(QueryCursor cursor, int size) {
        List<Document> batch = cursor.takeDocuments(size);
        if (cursor.isEmpty()) {
            return new QueryResult(batch);
        }
        cursor.leaveIndex();
        cursorRegistry.add(cursor);
        return new QueryResult(batch, cursor);
    }

    /** By all that the documents have of the fields of the order, which is what is in memory meanwhile. */
    private Stream<byte[]> sorted(Stream<byte[]> ids, Document query, Document order) {
        Comparator<Document> comparator = deriveComparator(order);
        if (comparator == null) {
            return ids;
        }
        Set<String> fields =
                order.keySet().stream().map(field -> field.split("\\.", 2)[0]).collect(Collectors.toSet());
        return ids.map(id -> new DocumentWithPosition<>(getDocument(id), id))
                .filter(found -> documentMatchesQuery(found.getDocument(), query))
                .peek(found -> found.getDocument().keySet().retainAll(fields))
                .sorted(Comparator.comparing(DocumentWithPosition::getDocument, comparator))
                .map(DocumentWithPosition::getPosition);
    }

    private UnaryOperator<Document> projected(@Nullable Document projection) {
        return projection == null || projection.isEmpty()
                ? UnaryOperator.identity()
                : document -> matchDocumentsFromStream(new Document(), Stream.of(document), 0, 0, 0, null, projection)
                        .iterator()
                        .next();
    }

    /** Not called, as all queries come to {@link #queryDocuments}. */
    @Override
    protected QueryResult matchDocuments(
            Document query,
            @Nullable Document order,
            int skip,
            int limit,
            int batchSize,
            @Nullable Document projection) {
        return queryDocuments(query, order, skip, limit, batchSize, projection);
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
    public void drop() {
        super.drop();
        dropped = true;
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
