package broadsheet.stats.rollup;

import static com.mongodb.client.model.Projections.fields;
import static com.mongodb.client.model.Projections.include;

import broadsheet.stats.history.HourlyHits;
import broadsheet.stats.history.KeyHits;
import java.util.ArrayList;
import java.util.List;
import org.bson.Document;
import org.bson.conversions.Bson;
import org.bson.types.Binary;

/**
 * What the keys of a dimension had on a day of the site, as columns of {@link KeyNumbers}, and beside them of each key the hits
 * of 24 hours, which only days at an end of a time are read with. Earlier releases stored a document for each key.
 */
final class DayColumns {

    private static final String BY_HOUR = "byHour";
    private static final String FORMER_KEYS = "keys";

    private DayColumns() {}

    /** @param keys at last those without one of their own, where there are any */
    static Document document(List<KeyHits> keys) {
        return KeyNumbers.columns(keys.stream().map(DayColumns::numbers).toList())
                .append(BY_HOUR, HourlyHits.pack(keys));
    }

    private static KeyNumbers numbers(KeyHits key) {
        return new KeyNumbers(key.key(), key.hits().all(), key.visitors());
    }

    /** What {@link #wholeDay} reads. */
    static Bson ofWholeDay() {
        return fields(include(KeyNumbers.FIELDS), include(FORMER_KEYS));
    }

    /** What {@link #byHour} reads. */
    static Bson ofHours() {
        return fields(ofWholeDay(), include(BY_HOUR));
    }

    static List<KeyNumbers> wholeDay(Document stored) {
        return KeyNumbers.areColumns(stored)
                ? KeyNumbers.of(stored)
                : former(stored).stream().map(DayColumns::numbers).toList();
    }

    static List<KeyHits> byHour(Document stored) {
        if (!KeyNumbers.areColumns(stored)) {
            return former(stored);
        }
        List<KeyNumbers> numbers = KeyNumbers.of(stored);
        List<HourlyHits> byHour = HourlyHits.unpack(stored.get(BY_HOUR, Binary.class), numbers.size());
        List<KeyHits> keys = new ArrayList<>(numbers.size());
        for (KeyNumbers key : numbers) {
            keys.add(KeyHits.ofNumbers(key.key(), byHour.get(keys.size()), key.visitors()));
        }
        return keys;
    }

    private static List<KeyHits> former(Document stored) {
        return stored.getList(FORMER_KEYS, Document.class).stream()
                .map(KeyHits::of)
                .toList();
    }
}
