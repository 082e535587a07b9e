package broadsheet.stats.rollup;

import broadsheet.stats.rollup.BreakdownBuilder.Breakdown;
import java.time.Instant;
import java.time.YearMonth;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.bson.Document;
import org.jspecify.annotations.Nullable;

/** What a dimension's keys had in a month in UTC: those with the most hits, and the others as one without a key. */
record MonthRollup(YearMonth month, List<MonthKey> keys) {

    static final int MAX_KEYS = 1_000;

    /** By the day of the month, which sum of it is in the month. */
    static final String DAYS = "days";

    private static final String KEYS = "keys";
    private static final String KEY = "key";
    private static final String HITS = "hits";
    private static final String VISITORS = "visitors";

    record MonthKey(@Nullable String key, long hits, long visitors) {}

    static MonthRollup of(Document stored) {
        return new MonthRollup(
                RollupIds.month(stored),
                stored.getList(KEYS, Document.class).stream()
                        .map(key -> new MonthKey(key.getString(KEY), key.getLong(HITS), key.getLong(VISITORS)))
                        .toList());
    }

    /** @param days the sums of days that it is made of */
    static Document document(Breakdown month, Map<String, String> days) {
        List<Document> keys = new ArrayList<>();
        month.items()
                .forEach(item -> keys.add(
                        new Document(KEY, item.key()).append(HITS, item.hits()).append(VISITORS, item.visitors())));
        if (month.other().hits() > 0) {
            keys.add(new Document(HITS, month.other().hits())
                    .append(VISITORS, month.other().visitors()));
        }
        return new Document(KEYS, keys).append(DAYS, new Document(Map.copyOf(days)));
    }

    Instant start() {
        return RollupIds.start(month);
    }

    Instant end() {
        return RollupIds.start(month.plusMonths(1));
    }
}
