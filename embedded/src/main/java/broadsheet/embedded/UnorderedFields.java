package broadsheet.embedded;

import de.bwaldvogel.mongo.backend.Utils;
import de.bwaldvogel.mongo.bson.Document;
import java.util.Collection;
import java.util.List;
import java.util.stream.IntStream;
import org.h2.mvstore.MVMap;

/**
 * Which fields of an index have had a list, or what has no order: from then on they are looked up but not walked along. A
 * mark among the entries says so of a field; in the index of the ids, where no id is a list, the ids themselves do.
 */
record UnorderedFields(MVMap<byte[], byte[]> entries, List<String> fields, boolean ofIds) {

    boolean contain(int field) {
        return ofIds ? SortKey.isUnordered(entries.ceilingKey(SortKey.UNORDERED)) : entries.containsKey(mark(field));
    }

    boolean containAny(int from, int to) {
        return IntStream.range(from, to).anyMatch(this::contain);
    }

    /** Marks the fields of which this document has such a value. */
    void mark(Document document) {
        for (int field = 0; field < fields.size(); field++) {
            Object value = Utils.getSubdocumentValueCollectionAware(document, fields.get(field));
            if (value instanceof Collection || SortKey.isUnordered(SortKey.of(value))) {
                entries.putIfAbsent(mark(field), new byte[0]);
            }
        }
    }

    private static byte[] mark(int field) {
        return new byte[] {Byte.MAX_VALUE, (byte) field};
    }
}
