package broadsheet.stats.rollup;

import broadsheet.stats.classification.Classification;
import broadsheet.stats.history.Day;
import broadsheet.stats.store.PackedNumbers;
import java.time.Instant;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.bson.Document;
import org.bson.types.Binary;

/** {@link DayTotals} as a document of packed numbers, and as the numbers that a document of many days is packed of. */
final class PackedDayTotals {

    private static final String HITS = "quarters";
    private static final String OTHERS = "others";
    private static final String IN_HOUR = "visitorsInHour";
    private static final String UNTIL_HOUR = "visitorsUntilHour";
    private static final String SINCE_HOUR = "visitorsSinceHour";

    /** Of visitors by hour. */
    private static final int MEASURES = 3;

    private PackedDayTotals() {}

    static DayTotals of(Instant start, Document stored) {
        Map<Classification, long[]> others = new EnumMap<>(Classification.class);
        stored.get(OTHERS, new Document())
                .forEach((column, packed) -> Classification.ofColumn(column)
                        .ifPresent(known -> others.put(known, PackedNumbers.unpack((Binary) packed, Day.HOURS))));
        return new DayTotals(
                start,
                PackedNumbers.unpack(stored.get(HITS, Binary.class), DayTotals.QUARTERS),
                others,
                PackedNumbers.unpack(stored.get(IN_HOUR, Binary.class), Day.HOURS),
                PackedNumbers.unpack(stored.get(UNTIL_HOUR, Binary.class), Day.HOURS),
                PackedNumbers.unpack(stored.get(SINCE_HOUR, Binary.class), Day.HOURS));
    }

    /** Of what {@link #numbers} gave. */
    static DayTotals of(Instant start, List<Optional<Classification>> classes, long[] numbers) {
        Map<Classification, long[]> others = new EnumMap<>(Classification.class);
        for (int index = 0; index < classes.size(); index++) {
            long[] byHour = hours(numbers, MEASURES + index);
            classes.get(index).ifPresent(known -> others.put(known, byHour));
        }
        return new DayTotals(
                start,
                Arrays.copyOf(numbers, DayTotals.QUARTERS),
                others,
                hours(numbers, 0),
                hours(numbers, 1),
                hours(numbers, 2));
    }

    private static long[] hours(long[] numbers, int measure) {
        int from = DayTotals.QUARTERS + measure * Day.HOURS;
        return Arrays.copyOfRange(numbers, from, from + Day.HOURS);
    }

    /** How many numbers a day is with the views of so many classes. */
    static int length(int classes) {
        return DayTotals.QUARTERS + (MEASURES + classes) * Day.HOURS;
    }

    /** All of it: hits by quarter of an hour; by hour visitors in it, until its end and since its start, and views of these classes. */
    static long[] numbers(DayTotals day, List<Classification> classes) {
        LongStream.Builder numbers = LongStream.builder();
        Stream.concat(
                        Stream.of(day.hits, day.inHour, day.untilHour, day.sinceHour),
                        classes.stream().map(one -> day.others.getOrDefault(one, new long[Day.HOURS])))
                .flatMapToLong(Arrays::stream)
                .forEach(numbers);
        return numbers.build().toArray();
    }

    static Document document(DayTotals day) {
        var packed = new Document();
        day.others.forEach(
                (classification, byHour) -> packed.append(classification.column(), PackedNumbers.pack(byHour)));
        return new Document(HITS, PackedNumbers.pack(day.hits))
                .append(OTHERS, packed)
                .append(IN_HOUR, PackedNumbers.pack(day.inHour))
                .append(UNTIL_HOUR, PackedNumbers.pack(day.untilHour))
                .append(SINCE_HOUR, PackedNumbers.pack(day.sinceHour));
    }
}
