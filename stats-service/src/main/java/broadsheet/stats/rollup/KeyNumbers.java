package broadsheet.stats.rollup;

import static com.mongodb.client.model.Filters.exists;

import broadsheet.stats.store.PackedNames;
import broadsheet.stats.store.PackedNumbers;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.function.ToLongFunction;
import org.bson.Document;
import org.bson.conversions.Bson;
import org.bson.types.Binary;
import org.jspecify.annotations.Nullable;

/**
 * What a key of a dimension had in a time. A document holds many of them in columns, a value each for all names, all hits and all
 * visitors, as the keys of many days or months are read at once.
 *
 * @param key null for all those without one of their own
 */
record KeyNumbers(@Nullable String key, long hits, long visitors) {

    private static final String NAMES = "keyNames";
    private static final String HITS = "hits";
    private static final String VISITORS = "visitors";

    /** The fields of a document with columns. */
    static final List<String> FIELDS = List.of(NAMES, HITS, VISITORS);

    /** @param keys at last those without one of their own, where there are any */
    static Document columns(List<KeyNumbers> keys) {
        return new Document(
                        NAMES,
                        PackedNames.pack(keys.stream()
                                .map(KeyNumbers::key)
                                .filter(Objects::nonNull)
                                .toList()))
                .append(HITS, packed(keys, KeyNumbers::hits))
                .append(VISITORS, packed(keys, KeyNumbers::visitors));
    }

    private static Binary packed(List<KeyNumbers> keys, ToLongFunction<KeyNumbers> number) {
        return PackedNumbers.pack(keys.stream().mapToLong(number).toArray());
    }

    /** Those that {@link #columns} were made of; of a key without a name only where it has hits. */
    static List<KeyNumbers> of(Document columns) {
        List<String> names = names(columns);
        long[] hits = PackedNumbers.unpack(columns.get(HITS, Binary.class), names.size() + 1);
        long[] visitors = PackedNumbers.unpack(columns.get(VISITORS, Binary.class), names.size() + 1);
        List<KeyNumbers> keys = new ArrayList<>(names.size() + 1);
        for (int key = 0; key < names.size(); key++) {
            keys.add(new KeyNumbers(names.get(key), hits[key], visitors[key]));
        }
        if (hits[names.size()] > 0) {
            keys.add(new KeyNumbers(null, hits[names.size()], visitors[names.size()]));
        }
        return keys;
    }

    /** The names of the keys that have one. */
    static List<String> names(Document columns) {
        return PackedNames.unpack(columns.get(NAMES, Binary.class));
    }

    /** Those documents that have columns, as they are stored here: releases before had none or others. */
    static Bson areColumns() {
        return exists(NAMES);
    }

    static boolean areColumns(Document stored) {
        return stored.containsKey(NAMES);
    }
}
