package broadsheet.stats.history;

import broadsheet.stats.store.PackedNumbers;
import java.util.ArrayList;
import java.util.List;
import org.bson.Document;
import org.bson.types.Binary;

/** Hits by the hour of a day in UTC, 0 to 23. */
public final class HourlyHits {

    private static final int HOURS = 24;

    private final long[] hits = new long[HOURS];

    /** Of a document of the hours that have any. */
    public static HourlyHits of(Document stored) {
        var hourly = new HourlyHits();
        stored.forEach((hour, hits) -> hourly.add(Integer.parseInt(hour), ((Number) hits).longValue()));
        return hourly;
    }

    /** The hits of each key, one after another, as one value. */
    public static Binary pack(List<KeyHits> keys) {
        long[] numbers = new long[keys.size() * HOURS];
        for (int key = 0; key < keys.size(); key++) {
            System.arraycopy(keys.get(key).hits().hits, 0, numbers, key * HOURS, HOURS);
        }
        return PackedNumbers.pack(numbers);
    }

    /** Of so many keys; of those that are not stored there are none. */
    public static List<HourlyHits> unpack(Binary stored, int keys) {
        long[] numbers = PackedNumbers.unpack(stored, keys * HOURS);
        List<HourlyHits> all = new ArrayList<>(keys);
        for (int key = 0; key < keys; key++) {
            var hourly = new HourlyHits();
            System.arraycopy(numbers, key * HOURS, hourly.hits, 0, HOURS);
            all.add(hourly);
        }
        return all;
    }

    void add(int hour, long more) {
        hits[hour] += more;
    }

    public void add(HourlyHits other) {
        for (int hour = 0; hour < HOURS; hour++) {
            hits[hour] += other.hits[hour];
        }
    }

    /** In the hours {@code [from, to)}. */
    public long within(int from, int to) {
        long sum = 0;
        for (int hour = from; hour < to; hour++) {
            sum += hits[hour];
        }
        return sum;
    }

    public long all() {
        return within(0, HOURS);
    }
}
