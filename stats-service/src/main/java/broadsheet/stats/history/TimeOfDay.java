package broadsheet.stats.history;

import broadsheet.stats.store.PackedNumbers;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.TreeMap;
import org.bson.Document;
import org.bson.types.Binary;

/** The parts of a day in UTC that hits are kept by. */
enum TimeOfDay {
    MINUTE("minutes", Duration.ofMinutes(1)),
    QUARTER("quarters", Duration.ofMinutes(15));

    private static final long SECONDS_A_DAY = 86_400;

    private final String field;
    private final Duration length;

    TimeOfDay(String field, Duration length) {
        this.field = field;
        this.length = length;
    }

    String field() {
        return field;
    }

    Duration length() {
        return length;
    }

    /** The hits of a day by the numbers of their parts, also where they are packed. */
    Map<Long, Long> hits(Document day) {
        Map<Long, Long> hits = new TreeMap<>();
        if (day.get(field) instanceof Binary packed) {
            long[] numbers = PackedNumbers.unpack(packed, parts());
            for (int number = 0; number < numbers.length; number++) {
                if (numbers[number] > 0) {
                    hits.put((long) number, numbers[number]);
                }
            }
        } else {
            day.get(field, new Document())
                    .forEach((number, count) -> hits.put(Long.valueOf(number), ((Number) count).longValue()));
        }
        return hits;
    }

    Binary packed(Map<Long, Long> hits) {
        long[] numbers = new long[parts()];
        hits.forEach((number, count) -> numbers[number.intValue()] = count);
        return PackedNumbers.pack(numbers);
    }

    static Document document(Map<Long, Long> hits) {
        var document = new Document();
        hits.forEach((number, count) -> document.append(number.toString(), count));
        return document;
    }

    private int parts() {
        return (int) (SECONDS_A_DAY / length.toSeconds());
    }

    /** The number of the part of its day that a time lies in. */
    long number(Instant time) {
        return Math.floorMod(time.getEpochSecond(), SECONDS_A_DAY) / length.toSeconds();
    }
}
