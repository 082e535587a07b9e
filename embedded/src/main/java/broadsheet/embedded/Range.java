package broadsheet.embedded;

import de.bwaldvogel.mongo.bson.Document;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A stretch of an index, from a key to before another. */
final class Range {

    private static final byte[] END = {-1};

    private final byte[] from;
    private final byte[] to;

    private Range(byte[] from, byte[] to) {
        this.from = from;
        this.to = to;
    }

    static Range of(byte[] prefix) {
        return new Range(prefix, prefix.length == 0 ? END : SortKey.after(prefix));
    }

    /** @param loose whether to heed one bound alone, because two may be met by different entries of a list */
    static Range of(byte[] prefix, Document operators, boolean loose) {
        @Nullable Object low = bound(operators, "$gte", "$gt");
        @Nullable Object high = bound(operators, "$lte", "$lt");
        if (low == null) {
            if (high == null) {
                return of(prefix);
            }
            return new Range(
                    SortKey.concat(prefix, SortKey.startOfType(high)),
                    SortKey.after(SortKey.concat(prefix, SortKey.encode(high))));
        }
        return new Range(
                SortKey.concat(prefix, SortKey.encode(low)),
                high == null || loose
                        ? SortKey.concat(prefix, SortKey.endOfType(low))
                        : SortKey.after(SortKey.concat(prefix, SortKey.encode(high))));
    }

    /** The values that a condition fixes a field to; none if it does not, or not to such as an index can find. */
    static List<Object> fixed(@Nullable Object condition) {
        if (condition instanceof Document operators) {
            return operators.get("$in") instanceof Collection<?> values
                            && !values.isEmpty()
                            && values.stream().allMatch(SortKey::canFind)
                    ? List.copyOf(values)
                    : List.of();
        }
        return condition != null && SortKey.canFind(condition) ? List.of(condition) : List.of();
    }

    static boolean bounds(@Nullable Object condition) {
        return condition instanceof Document operators
                && (bound(operators, "$gte", "$gt") != null || bound(operators, "$lte", "$lt") != null);
    }

    private static @Nullable Object bound(Document operators, String inclusive, String exclusive) {
        @Nullable Object bound = operators.containsKey(inclusive) ? operators.get(inclusive) : operators.get(exclusive);
        return SortKey.canCompare(bound) ? bound : null;
    }

    byte[] from() {
        return from;
    }

    boolean includes(byte[] key) {
        return Arrays.compareUnsigned(key, to) < 0;
    }
}
