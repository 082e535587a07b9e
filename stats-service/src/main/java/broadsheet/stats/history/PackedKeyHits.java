package broadsheet.stats.history;

import broadsheet.stats.store.PackedNames;
import broadsheet.stats.store.PackedNumbers;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.bson.Document;
import org.bson.types.Binary;

/** An article's day by the keys of a dimension in columns, as it is kept once its visitors are numbers. */
final class PackedKeyHits {

    private static final String NAMES = "keyNames";
    private static final String BY_HOUR = "byHour";
    private static final String VISITORS = "visitors";

    private PackedKeyHits() {}

    /** @param keys at last the one without a name, where there is any */
    static Document pack(List<KeyHits> keys) {
        long[] byHour = new long[keys.size() * Day.HOURS];
        for (int key = 0; key < keys.size(); key++) {
            keys.get(key).hits().copyTo(byHour, key * Day.HOURS);
        }
        return new Document(
                        NAMES,
                        PackedNames.pack(keys.stream()
                                .map(KeyHits::key)
                                .filter(Objects::nonNull)
                                .toList()))
                .append(BY_HOUR, PackedNumbers.pack(byHour))
                .append(
                        VISITORS,
                        PackedNumbers.pack(
                                keys.stream().mapToLong(KeyHits::visitors).toArray()));
    }

    static List<KeyHits> unpack(Document packed) {
        List<String> names = PackedNames.unpack(packed.get(NAMES, Binary.class));
        long[] byHour = PackedNumbers.unpack(packed.get(BY_HOUR, Binary.class), (names.size() + 1) * Day.HOURS);
        long[] visitors = PackedNumbers.unpack(packed.get(VISITORS, Binary.class), names.size() + 1);
        List<KeyHits> keys = new ArrayList<>();
        for (int key = 0; key <= names.size(); key++) {
            HourlyHits hits = HourlyHits.of(byHour, key * Day.HOURS);
            if (key < names.size() || hits.all() > 0) {
                keys.add(KeyHits.ofNumbers(key < names.size() ? names.get(key) : null, hits, visitors[key]));
            }
        }
        return keys;
    }
}
