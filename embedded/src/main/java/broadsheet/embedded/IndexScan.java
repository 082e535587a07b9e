package broadsheet.embedded;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.PriorityQueue;
import java.util.Spliterator;
import java.util.Spliterators;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.h2.mvstore.Cursor;
import org.h2.mvstore.MVMap;

/**
 * A walk through an index that reads no further than its reader asks: the keys that begin with one of the prefixes and go
 * on within the range, in the order in which they go on.
 *
 * @param ofIds whether the keys themselves are those of the documents' ids
 * @param repeats whether a document may have several keys: it comes at its first
 * @param inOrder whether the documents come in the order asked for
 * @param usefulness is greater the fewer documents are read in vain
 */
record IndexScan(
        MVMap<byte[], byte[]> entries,
        boolean ofIds,
        List<byte[]> prefixes,
        KeyRange range,
        boolean backwards,
        boolean repeats,
        boolean inOrder,
        double usefulness) {

    /** The documents, by the key of their id. */
    Stream<byte[]> ids() {
        PriorityQueue<Walk> walks = new PriorityQueue<>(
                Math.max(1, prefixes.size()), (left, right) -> backwards ? right.compare(left) : left.compare(right));
        prefixes.stream().map(Walk::new).filter(Walk::advance).forEach(walks::add);
        Iterator<byte[]> merged = new Iterator<>() {
            @Override
            public boolean hasNext() {
                return !walks.isEmpty();
            }

            @Override
            public byte[] next() {
                Walk first = walks.remove();
                byte[] id = ofIds ? first.key : first.cursor.getValue();
                if (first.advance()) {
                    walks.add(first);
                }
                return id;
            }
        };
        var ids = StreamSupport.stream(Spliterators.spliteratorUnknownSize(merged, Spliterator.ORDERED), false);
        return repeats ? ids.map(ByteBuffer::wrap).distinct().map(ByteBuffer::array) : ids;
    }

    /** The walk through the keys of one prefix. */
    private final class Walk {

        private final int prefixLength;
        private final byte[] end;
        private final Cursor<byte[], byte[]> cursor;
        private byte[] key = {};

        Walk(byte[] prefix) {
            KeyRange keys = range.behind(prefix);
            prefixLength = prefix.length;
            end = keys.to();
            cursor = backwards ? entries.cursor(end, keys.from(), true) : entries.cursor(keys.from(), end, false);
        }

        /** The cursor takes the end for one of the keys. */
        boolean advance() {
            while (cursor.hasNext()) {
                key = cursor.next();
                if (!Arrays.equals(key, end)) {
                    return true;
                }
            }
            return false;
        }

        int compare(Walk other) {
            return Arrays.compareUnsigned(
                    key, prefixLength, key.length, other.key, other.prefixLength, other.key.length);
        }
    }
}
