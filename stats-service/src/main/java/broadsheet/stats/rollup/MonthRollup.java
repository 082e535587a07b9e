package broadsheet.stats.rollup;

import static com.mongodb.client.model.Projections.include;

import broadsheet.stats.rollup.BreakdownBuilder.Breakdown;
import java.time.YearMonth;
import java.util.ArrayList;
import java.util.List;
import org.bson.Document;
import org.bson.conversions.Bson;

/** What a dimension's keys had in a month in UTC: those with the most hits, and the others as one without a key. */
record MonthRollup(YearMonth month, List<KeyNumbers> keys) {

    static final int MAX_KEYS = 1_000;

    /** By the day of the month, which sum of it is in the month. */
    static final String DAYS = "madeOfDays";

    static MonthRollup of(Document stored) {
        return new MonthRollup(RollupIds.month(stored), KeyNumbers.of(stored));
    }

    static Document document(Breakdown month) {
        List<KeyNumbers> keys = new ArrayList<>();
        month.items().forEach(item -> keys.add(new KeyNumbers(item.key(), item.hits(), item.visitors())));
        if (month.other().hits() > 0) {
            keys.add(new KeyNumbers(null, month.other().hits(), month.other().visitors()));
        }
        return KeyNumbers.columns(keys);
    }

    /** What {@link #of} reads. */
    static Bson fields() {
        return include(KeyNumbers.FIELDS);
    }
}
