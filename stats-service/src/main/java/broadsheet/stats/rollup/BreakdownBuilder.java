package broadsheet.stats.rollup;

import broadsheet.stats.history.Day;
import broadsheet.stats.history.KeyHits;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Adds up the keys of days within a time, to the hour: an hour belongs to the time that it begins in. Visitors are those of each
 * day in UTC; of a day that lies in the time in part they are its share by hits, which is an estimate.
 */
final class BreakdownBuilder {

    private static final Comparator<Item> ORDER =
            Comparator.comparingLong(Item::hits).reversed().thenComparing(Item::key);

    private final Instant from;
    private final Instant to;
    private final Map<String, Sum> sums = new HashMap<>();
    private final Sum others = new Sum();
    private boolean estimated;

    BreakdownBuilder(Instant from, Instant to) {
        this.from = from;
        this.to = to;
    }

    /** What a key had. */
    record Item(String key, long hits, long visitors) {}

    /** What all had together that are not named. */
    record Others(long hits, long visitors) {}

    /** @param visitorsEstimated whether some of a day's hits lie outside the time */
    record Breakdown(List<Item> items, Others other, boolean visitorsEstimated) {}

    boolean isEmpty() {
        return sums.isEmpty() && others.hits == 0;
    }

    /** @param key null for all those without one of their own */
    void add(Instant day, @Nullable String key, KeyHits hits) {
        int first = Day.hourFrom(day, from);
        int end = Day.hourFrom(day, to);
        long within = hits.hits().within(first, end);
        if (within > 0) {
            boolean whole = within == hits.hits().all();
            Sum sum = key == null ? others : sums.computeIfAbsent(key, none -> new Sum());
            sum.hits += within;
            sum.visitors += whole
                    ? hits.visitors()
                    : (double) hits.visitors() * within / hits.hits().all();
            estimated |= !whole;
        }
    }

    /** Adds the keys of a day that lies in the time in part. */
    BreakdownBuilder add(Instant day, List<KeyHits> keys) {
        keys.forEach(hits -> add(day, hits.key(), hits));
        return this;
    }

    /** Adds the keys of a day or month that lies wholly in the time. */
    BreakdownBuilder add(List<KeyNumbers> keys) {
        for (KeyNumbers key : keys) {
            Sum sum = key.key() == null ? others : sums.computeIfAbsent(key.key(), none -> new Sum());
            sum.hits += key.hits();
            sum.visitors += key.visitors();
        }
        return this;
    }

    /** The keys with the most hits, at most so many. */
    Breakdown top(int limit) {
        List<Item> items = new ArrayList<>();
        sums.forEach((key, sum) -> items.add(new Item(key, sum.hits, Math.round(sum.visitors))));
        items.sort(ORDER);
        List<Item> top = items.subList(0, Math.min(limit, items.size()));
        List<Item> rest = items.subList(top.size(), items.size());
        return new Breakdown(
                List.copyOf(top),
                new Others(
                        others.hits + rest.stream().mapToLong(Item::hits).sum(),
                        Math.round(others.visitors)
                                + rest.stream().mapToLong(Item::visitors).sum()),
                estimated);
    }

    private static final class Sum {
        private long hits;
        private double visitors;
    }
}
