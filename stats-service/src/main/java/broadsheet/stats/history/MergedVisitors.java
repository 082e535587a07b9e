package broadsheet.stats.history;

import broadsheet.stats.store.PackedNumbers;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.bson.Document;
import org.bson.types.Binary;

/** How many visitors a day had whose sketches are gone: in all, in each hour, to the end of each hour, and from each on. */
final class MergedVisitors {

    private static final String DAY = "day";
    private static final String HOURS = "hours";
    private static final String UNTIL = "until";
    private static final String SINCE = "since";
    private static final String PACKED = "packed";
    private static final int MEASURES = 3;
    private static final int END = 24;

    private final TreeMap<Integer, Long> hours = new TreeMap<>();
    private final TreeMap<Integer, Long> until = new TreeMap<>();
    private final TreeMap<Integer, Long> since = new TreeMap<>();
    private long day;

    static MergedVisitors of(Document stored) {
        var merged = new MergedVisitors();
        merged.day = stored.get(DAY, 0L);
        if (stored.get(PACKED) instanceof Binary packed) {
            merged.read(PackedNumbers.unpack(packed, MEASURES * END));
        }
        read(stored, HOURS, merged.hours);
        read(stored, UNTIL, merged.until);
        read(stored, SINCE, merged.since);
        return merged;
    }

    private void read(long[] packed) {
        for (int hour = 0; hour < END; hour++) {
            if (packed[hour] > 0) {
                put(hour, packed[hour], packed[END + hour], packed[2 * END + hour]);
            }
        }
    }

    /** Earlier releases stored a number a field. */
    private static void read(Document stored, String field, Map<Integer, Long> numbers) {
        stored.get(field, new Document())
                .forEach((hour, count) -> numbers.put(Integer.valueOf(hour), ((Number) count).longValue()));
    }

    long all() {
        return day;
    }

    long within(int from, int to) {
        if (to == from + 1) {
            return hours.getOrDefault(from, 0L);
        }
        if (from == 0) {
            return before(to);
        }
        if (to == END) {
            return from(from);
        }
        return hours.subMap(from, to).values().stream()
                .mapToLong(Long::longValue)
                .sum();
    }

    private long before(int hour) {
        Map.Entry<Integer, Long> last = until.lowerEntry(hour);
        return last == null ? 0 : last.getValue();
    }

    private long from(int hour) {
        Map.Entry<Integer, Long> first = since.ceilingEntry(hour);
        return first == null ? 0 : first.getValue();
    }

    void put(int hour, long inIt, long untilItsEnd, long sinceItsStart) {
        hours.put(hour, inIt);
        until.put(hour, untilItsEnd);
        since.put(hour, sinceItsStart);
    }

    void putDay(long visitors) {
        day = visitors;
    }

    /** With visitors who are others than these: they came once these were numbers. */
    MergedVisitors and(MergedVisitors others) {
        var both = new MergedVisitors();
        both.day = day + others.day;
        Stream.concat(hours.keySet().stream(), others.hours.keySet().stream())
                .distinct()
                .forEach(hour -> both.put(
                        hour,
                        hours.getOrDefault(hour, 0L) + others.hours.getOrDefault(hour, 0L),
                        before(hour + 1) + others.before(hour + 1),
                        from(hour) + others.from(hour)));
        return both;
    }

    Document toDocument() {
        long[] packed = new long[MEASURES * END];
        hours.forEach((hour, count) -> packed[hour] = count);
        until.forEach((hour, count) -> packed[END + hour] = count);
        since.forEach((hour, count) -> packed[2 * END + hour] = count);
        return new Document(DAY, day).append(PACKED, PackedNumbers.pack(packed));
    }
}
