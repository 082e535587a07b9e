package broadsheet.stats.rollup;

import static com.mongodb.client.model.Filters.exists;
import static com.mongodb.client.model.Projections.include;

import broadsheet.stats.classification.Classification;
import broadsheet.stats.store.PackedNumbers;
import java.time.Duration;
import java.time.Instant;
import java.time.YearMonth;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.bson.Document;
import org.bson.conversions.Bson;
import org.bson.types.Binary;

/**
 * The days of the site in a month in UTC, as one value: two years of them are 24 documents, and the days of any zone can be told
 * of them. A day without views has none.
 */
record MonthTotals(YearMonth month, List<DayTotals> days) {

    private static final String CLASSES = "classes";
    private static final String DAYS = "packedDays";

    static Document document(YearMonth month, List<DayTotals> days) {
        List<Classification> classes = Arrays.stream(Classification.values())
                .filter(one -> days.stream().anyMatch(day -> day.hasOther(one)))
                .toList();
        int length = PackedDayTotals.length(classes.size());
        long[] numbers = new long[month.lengthOfMonth() * length];
        for (DayTotals day : days) {
            int index =
                    (int) Duration.between(RollupIds.start(month), day.start()).toDays();
            System.arraycopy(PackedDayTotals.numbers(day, classes), 0, numbers, index * length, length);
        }
        return new Document(
                        CLASSES, classes.stream().map(Classification::column).toList())
                .append(DAYS, PackedNumbers.pack(numbers));
    }

    static MonthTotals of(Document stored) {
        YearMonth month = RollupIds.month(stored);
        List<Optional<Classification>> classes = stored.getList(CLASSES, String.class).stream()
                .map(Classification::ofColumn)
                .toList();
        int length = PackedDayTotals.length(classes.size());
        long[] numbers = PackedNumbers.unpack(stored.get(DAYS, Binary.class), month.lengthOfMonth() * length);
        List<DayTotals> days = new ArrayList<>();
        for (int day = 0; day < month.lengthOfMonth(); day++) {
            Instant start = RollupIds.start(month).plus(Duration.ofDays(day));
            days.add(PackedDayTotals.of(start, classes, Arrays.copyOfRange(numbers, day * length, (day + 1) * length)));
        }
        return new MonthTotals(month, days);
    }

    /** What {@link #of} reads. */
    static Bson fields() {
        return include(CLASSES, DAYS);
    }

    static Bson arePacked() {
        return exists(DAYS);
    }
}
