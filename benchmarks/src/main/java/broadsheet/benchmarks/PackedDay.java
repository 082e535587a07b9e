package broadsheet.benchmarks;

import broadsheet.stats.store.PackedNames;
import broadsheet.stats.store.PackedNumbers;
import java.util.Arrays;
import java.util.List;
import org.bson.Document;
import org.bson.types.Binary;

/** An article's day as stats-service keeps it once its visitors are numbers. */
final class PackedDay {

    private static final int QUARTERS = 96;
    private static final int HOURS = 24;
    private static final int MEASURES_OF_VISITORS = 3;

    private PackedDay() {}

    /** @param day with lists of keys, and quarters as a document */
    static Document of(Document day) {
        var by = new Document();
        Document keys = day.get("by", Document.class);
        keys.keySet().forEach(dimension -> by.append(dimension, columns(keys.getList(dimension, Document.class))));
        return new Document(day)
                .append("by", by)
                .append("quarters", quarters(day.get("quarters", Document.class)))
                .append("merged", visitors(day.getLong("visitors")));
    }

    private static Document columns(List<Document> keys) {
        long[] byHour = new long[keys.size() * HOURS];
        for (int key = 0; key < keys.size(); key++) {
            int first = key * HOURS;
            keys.get(key)
                    .get("hits", Document.class)
                    .forEach((hour, hits) -> byHour[first + Integer.parseInt(hour)] = (Long) hits);
        }
        List<String> names = keys.stream().map(key -> key.getString("key")).toList();
        long[] visitors = keys.stream().mapToLong(key -> key.getLong("merged")).toArray();
        return new Document("keyNames", PackedNames.pack(names))
                .append("byHour", PackedNumbers.pack(byHour))
                .append("visitors", PackedNumbers.pack(visitors));
    }

    private static Binary quarters(Document quarters) {
        long[] packed = new long[QUARTERS];
        quarters.forEach((quarter, hits) -> packed[Integer.parseInt(quarter)] = (Long) hits);
        return PackedNumbers.pack(packed);
    }

    private static Document visitors(long ofDay) {
        long[] hours = new long[MEASURES_OF_VISITORS * HOURS];
        Arrays.fill(hours, 1 + ofDay / HOURS);
        return new Document("day", ofDay).append("packed", PackedNumbers.pack(hours));
    }
}
