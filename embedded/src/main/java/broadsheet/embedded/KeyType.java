package broadsheet.embedded;

import de.bwaldvogel.mongo.backend.Missing;
import de.bwaldvogel.mongo.bson.Document;
import java.nio.ByteBuffer;
import java.util.Arrays;
import org.h2.mvstore.WriteBuffer;
import org.h2.mvstore.type.BasicDataType;

/** Document ids in the store: as BSON, in their natural order within a type. */
final class KeyType extends BasicDataType<Object> {

    static final KeyType INSTANCE = new KeyType();

    private static final String FIELD = "k";

    private KeyType() {}

    @Override
    public int compare(Object left, Object right) {
        if (left.getClass() != right.getClass()) {
            return left.getClass().getName().compareTo(right.getClass().getName());
        }
        if (left instanceof Comparable<?>) {
            return compareNaturally(left, right);
        }
        return Arrays.compareUnsigned(DocumentType.encode(wrap(left)), DocumentType.encode(wrap(right)));
    }

    @SuppressWarnings("unchecked")
    private static int compareNaturally(Object left, Object right) {
        return ((Comparable<Object>) left).compareTo(right);
    }

    @Override
    public void write(WriteBuffer buffer, Object key) {
        DocumentType.INSTANCE.write(buffer, wrap(key));
    }

    @Override
    public Object read(ByteBuffer buffer) {
        return unwrap(DocumentType.INSTANCE.read(buffer));
    }

    static Document wrap(Object key) {
        return key instanceof Missing ? new Document() : new Document(FIELD, key);
    }

    static Object unwrap(Document document) {
        return document.getOrMissing(FIELD);
    }

    @Override
    public int getMemory(Object key) {
        return DocumentType.memory(key);
    }

    @Override
    public Object[] createStorage(int size) {
        return new Object[size];
    }
}
