package broadsheet.stats.history;

import broadsheet.stats.store.PackedNumbers;
import java.util.Arrays;
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

    private final long[] hours = new long[END];
    private final long[] until = new long[END];
    private final long[] since = new long[END];
    private long day;

    static MergedVisitors of(Document stored) {
        var merged = new MergedVisitors();
        merged.day = stored.get(DAY, 0L);
        if (stored.get(PACKED) instanceof Binary packed) {
            long[] numbers = PackedNumbers.unpack(packed, MEASURES * END);
            System.arraycopy(numbers, 0, merged.hours, 0, END);
            System.arraycopy(numbers, END, merged.until, 0, END);
            System.arraycopy(numbers, 2 * END, merged.since, 0, END);
        } else {
            read(stored, HOURS, merged.hours);
            read(stored, UNTIL, merged.until);
            read(stored, SINCE, merged.since);
        }
        return merged;
    }

    /** Earlier releases stored a number a field. */
    private static void read(Document stored, String field, long[] numbers) {
        stored.get(field, new Document())
                .forEach((hour, count) -> numbers[Integer.parseInt(hour)] = ((Number) count).longValue());
    }

    long all() {
        return day;
    }

    long within(int from, int to) {
        if (to == from + 1) {
            return hours[from];
        }
        if (from == 0) {
            return before(to);
        }
        return to == END
                ? from(from)
                : Arrays.stream(hours, from, Math.max(from, to)).sum();
    }

    /** As of the last hour before that had any. */
    private long before(int end) {
        int hour = end - 1;
        while (hour >= 0 && hours[hour] == 0) {
            hour--;
        }
        return hour < 0 ? 0 : until[hour];
    }

    private long from(int start) {
        int hour = start;
        while (hour < END && hours[hour] == 0) {
            hour++;
        }
        return hour == END ? 0 : since[hour];
    }

    void put(int hour, long inIt, long untilItsEnd, long sinceItsStart) {
        hours[hour] = inIt;
        until[hour] = untilItsEnd;
        since[hour] = sinceItsStart;
    }

    void putDay(long visitors) {
        day = visitors;
    }

    /** With visitors who are others than these: they came once these were numbers. */
    MergedVisitors and(MergedVisitors others) {
        var both = new MergedVisitors();
        both.day = day + others.day;
        for (int hour = 0; hour < END; hour++) {
            if (hours[hour] + others.hours[hour] > 0) {
                both.put(
                        hour,
                        hours[hour] + others.hours[hour],
                        before(hour + 1) + others.before(hour + 1),
                        from(hour) + others.from(hour));
            }
        }
        return both;
    }

    Document toDocument() {
        long[] packed = new long[MEASURES * END];
        System.arraycopy(hours, 0, packed, 0, END);
        System.arraycopy(until, 0, packed, END, END);
        System.arraycopy(since, 0, packed, 2 * END, END);
        return new Document(DAY, day).append(PACKED, PackedNumbers.pack(packed));
    }
}
