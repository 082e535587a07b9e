package broadsheet.embedded;

import de.bwaldvogel.mongo.backend.AbstractUniqueIndex;
import de.bwaldvogel.mongo.backend.IndexKey;
import de.bwaldvogel.mongo.backend.KeyValue;
import de.bwaldvogel.mongo.backend.Missing;
import de.bwaldvogel.mongo.bson.Document;
import java.util.List;
import java.util.Map;
import java.util.Map.Entry;
import org.h2.mvstore.MVMap;
import org.jspecify.annotations.Nullable;

/** A unique index: the BSON of the indexed values, mapped to the id of the one document that has them. */
final class StoredUniqueIndex extends AbstractUniqueIndex<Object> {

    private final MVMap<byte[], Object> positions;

    StoredUniqueIndex(MVMap<byte[], Object> positions, String name, List<IndexKey> keys, boolean sparse) {
        super(name, keys, sparse);
        this.positions = positions;
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
