package broadsheet.embedded;

import de.bwaldvogel.mongo.MongoCollection;
import de.bwaldvogel.mongo.backend.AbstractUniqueIndex;
import de.bwaldvogel.mongo.backend.DefaultQueryMatcher;
import de.bwaldvogel.mongo.backend.IndexKey;
import de.bwaldvogel.mongo.backend.KeyValue;
import de.bwaldvogel.mongo.backend.Missing;
import de.bwaldvogel.mongo.bson.Document;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Map.Entry;
import org.h2.mvstore.MVMap;
import org.jspecify.annotations.Nullable;

/**
 * A unique index: the BSON of the indexed values, mapped to the id of the one document that has them; a partial one binds
 * the documents that match its filter.
 */
final class StoredUniqueIndex extends AbstractUniqueIndex<Object> {

    private final MVMap<byte[], Object> positions;
    private final @Nullable Document filter;

    StoredUniqueIndex(
            MVMap<byte[], Object> positions,
            String name,
            List<IndexKey> keys,
            boolean sparse,
            @Nullable Document filter) {
        super(name, keys, sparse);
        this.positions = positions;
        this.filter = filter;
    }

    private boolean covers(Document document) {
        return filter == null || new DefaultQueryMatcher().matches(document, filter);
    }

    @Override
    public synchronized boolean canHandle(Document query) {
        Conditions conditions = Conditions.of(query);
        Document asked = conditions.onAll(keys());
        return asked != null
                && asked.values().stream().noneMatch(Collection.class::isInstance)
                && (filter == null || conditions.imply(filter))
                && super.canHandle(asked);
    }

    @Override
    public synchronized Iterable<Object> getPositions(Document query) {
        Document asked = Conditions.of(query).onAll(keys());
        return asked == null ? List.of() : super.getPositions(asked);
    }

    @Override
    public @Nullable Object getPosition(Document document) {
        return covers(document) ? super.getPosition(document) : null;
    }

    @Override
    public synchronized void checkAdd(Document document, MongoCollection<Object> collection) {
        if (covers(document)) {
            super.checkAdd(document, collection);
        }
    }

    @Override
    public synchronized void add(Document document, Object position, MongoCollection<Object> collection) {
        if (covers(document)) {
            super.add(document, position, collection);
        }
    }

    @Override
    public synchronized @Nullable Object remove(Document document) {
        // null would mean that the index has lost the document
        return covers(document) ? super.remove(document) : Missing.ofNullable(document.get("_id"));
    }

    @Override
    public synchronized void checkUpdate(Document before, Document after, MongoCollection<Object> collection) {
        if (covers(before) && covers(after)) {
            super.checkUpdate(before, after, collection);
        } else {
            checkAdd(after, collection);
        }
    }

    @Override
    public void updateInPlace(Document before, Document after, Object position, MongoCollection<Object> collection) {
        if (covers(before) && covers(after)) {
            super.updateInPlace(before, after, position, collection);
        } else {
            remove(before);
            add(after, position, collection);
        }
    }

    @Override
    protected @Nullable Object removeDocument(KeyValue key) {
        return positions.remove(encode(key));
    }

    @Override
    protected boolean putKeyPosition(KeyValue key, Object position) {
        return positions.putIfAbsent(encode(key), Missing.ofNullable(position)) == null;
    }

    @Override
    protected Iterable<Entry<KeyValue, Object>> getIterable() {
        return positions.entrySet().stream()
                .<Entry<KeyValue, Object>>map(entry -> Map.entry(decode(entry.getKey()), entry.getValue()))
                .toList();
    }

    @Override
    protected @Nullable Object getPosition(KeyValue key) {
        return positions.get(encode(key));
    }

    @Override
    public long getCount() {
        return positions.sizeAsLong();
    }

    @Override
    public long getDataSize() {
        return getCount();
    }

    private static byte[] encode(KeyValue key) {
        Document document = new Document();
        for (Object value : key) {
            document.put(Integer.toString(document.size()), value instanceof Missing ? null : value);
        }
        return DocumentType.encode(document);
    }

    private static KeyValue decode(byte[] bson) {
        return new KeyValue(DocumentType.decode(bson).values());
    }
}
