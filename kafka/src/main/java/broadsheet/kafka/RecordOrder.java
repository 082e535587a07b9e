package broadsheet.kafka;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.function.ToIntFunction;

/** Puts records of several partitions into one order. */
public final class RecordOrder {

    private RecordOrder() {}

    /** In the order of their times, as far as that leaves each partition in its own order. */
    public static <R, T extends Comparable<T>> List<R> byTime(
            Iterable<R> records, ToIntFunction<R> partition, Function<R, T> time) {
        var latest = new HashMap<Integer, T>();
        var ordered = new TreeMap<T, List<R>>();
        for (R record : records) {
            T at = latest.merge(
                    partition.applyAsInt(record),
                    time.apply(record),
                    (one, other) -> one.compareTo(other) >= 0 ? one : other);
            ordered.computeIfAbsent(at, same -> new ArrayList<>()).add(record);
        }
        return ordered.values().stream().flatMap(List::stream).toList();
    }
}
