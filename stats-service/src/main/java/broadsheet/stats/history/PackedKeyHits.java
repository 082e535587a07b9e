package broadsheet.stats.history;

import broadsheet.stats.store.PackedBytes;
import broadsheet.stats.store.PackedNames;
import broadsheet.stats.store.PackedNumbers;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.function.ToLongFunction;
import org.bson.Document;
import org.bson.types.Binary;

/**
 * An article's day by the keys of a dimension in columns: each batch of views reads and writes the days of all its articles.
 * Earlier releases stored a document for each key.
 */
final class PackedKeyHits {

    private static final String NAMES = "keyNames";
    private static final String BY_HOUR = "byHour";
    private static final String VISITORS = "visitors";
    private static final String SKETCHES = "sketches";
    private static final String MISSED = "missed";

    private static final Binary NONE = new Binary(new byte[0]);

    private PackedKeyHits() {}

    /** @param keys at last the one without a name, where there is any */
    static Document pack(List<KeyHits> keys) {
        return numbers(keys, KeyHits::mergedVisitors)
                .append(MISSED, packed(keys, KeyHits::missed))
                .append(
                        SKETCHES,
                        PackedBytes.pack(keys.stream().map(KeyHits::sketchBytes).toList()));
    }

    /** With visitors as numbers. */
    static Document packNumbers(List<KeyHits> keys) {
        return numbers(keys, KeyHits::visitors);
    }

    private static Document numbers(List<KeyHits> keys, ToLongFunction<KeyHits> visitors) {
        List<String> names =
                keys.stream().map(KeyHits::key).filter(Objects::nonNull).toList();
        return new Document(NAMES, PackedNames.pack(names))
                .append(BY_HOUR, HourlyHits.pack(keys))
                .append(VISITORS, packed(keys, visitors));
    }

    private static Binary packed(List<KeyHits> keys, ToLongFunction<KeyHits> number) {
        return PackedNumbers.pack(keys.stream().mapToLong(number).toArray());
    }

    static List<KeyHits> unpack(Document packed) {
        List<String> names = PackedNames.unpack(packed.get(NAMES, Binary.class));
        int most = names.size() + 1;
        List<HourlyHits> byHour = HourlyHits.unpack(packed.get(BY_HOUR, Binary.class), most);
        long[] visitors = PackedNumbers.unpack(packed.get(VISITORS, Binary.class), most);
        long[] missed = PackedNumbers.unpack(packed.get(MISSED, NONE), most);
        List<byte[]> sketches = PackedBytes.unpack(packed.get(SKETCHES, NONE));
        List<KeyHits> keys = new ArrayList<>(most);
        for (int key = 0; key < most; key++) {
            HourlyHits hits = byHour.get(key);
            if (key < names.size() || hits.all() > 0) {
                keys.add(new KeyHits(
                        key < names.size() ? names.get(key) : null,
                        hits,
                        visitors[key],
                        missed[key],
                        key < sketches.size() ? sketches.get(key) : KeyHits.NOBODY));
            }
        }
        return keys;
    }
}
