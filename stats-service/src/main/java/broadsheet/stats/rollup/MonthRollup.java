package broadsheet.stats.rollup;

import static com.mongodb.client.model.Filters.exists;
import static com.mongodb.client.model.Projections.include;

import broadsheet.stats.rollup.BreakdownBuilder.Breakdown;
import broadsheet.stats.rollup.BreakdownBuilder.Item;
import java.time.Instant;
import java.time.YearMonth;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.ToLongFunction;
import java.util.stream.LongStream;
import org.bson.Document;
import org.bson.conversions.Bson;
import org.bson.types.Binary;
import org.jspecify.annotations.Nullable;

/** What a dimension's keys had in a month in UTC: those with the most hits, and the others as one without a key. */
record MonthRollup(YearMonth month, List<MonthKey> keys) {

    static final int MAX_KEYS = 1_000;

    /** By the day of the month, which sum of it is in the month. */
    static final String DAYS = "madeOfDays";

    private static final String KEYS = "names";
    private static final String HITS = "hits";
    private static final String VISITORS = "visitors";

    record MonthKey(@Nullable String key, long hits, long visitors) {}

    static MonthRollup of(Document stored) {
        List<String> names = stored.getList(KEYS, String.class);
        long[] hits = PackedNumbers.unpack(stored.get(HITS, Binary.class), names.size() + 1);
        long[] visitors = PackedNumbers.unpack(stored.get(VISITORS, Binary.class), names.size() + 1);
        List<MonthKey> keys = new ArrayList<>();
        for (int key = 0; key < names.size(); key++) {
            keys.add(new MonthKey(names.get(key), hits[key], visitors[key]));
        }
        if (hits[names.size()] > 0) {
            keys.add(new MonthKey(null, hits[names.size()], visitors[names.size()]));
        }
        return new MonthRollup(RollupIds.month(stored), keys);
    }

    /**
     * The numbers of all keys packed, those of the others last, as two years of months are read at once.
     *
     * @param days the sums of days that it is made of
     */
    static Document document(Breakdown month, Map<String, String> days) {
        List<Item> items = month.items();
        return new Document(KEYS, items.stream().map(Item::key).toList())
                .append(HITS, packed(items, Item::hits, month.other().hits()))
                .append(VISITORS, packed(items, Item::visitors, month.other().visitors()))
                .append(DAYS, new Document(Map.copyOf(days)));
    }

    private static Binary packed(List<Item> items, ToLongFunction<Item> number, long others) {
        return PackedNumbers.pack(LongStream.concat(items.stream().mapToLong(number), LongStream.of(others))
                .toArray());
    }

    /** What {@link #of} reads. */
    static Bson fields() {
        return include(KEYS, HITS, VISITORS);
    }

    /** Those that are stored as they are here: a release before stored a document for each key. */
    static Bson isPacked() {
        return exists(KEYS);
    }

    Instant start() {
        return RollupIds.start(month);
    }

    Instant end() {
        return RollupIds.start(month.plusMonths(1));
    }
}
