package broadsheet.stats.rollup;

import broadsheet.stats.history.HourlyHits;
import broadsheet.stats.history.KeyHits;
import broadsheet.stats.visitor.VisitorSketch;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.bson.Document;
import org.jspecify.annotations.Nullable;

/**
 * Hits and visitors of a day by key, of all articles. At most {@value #MAX_KEYS} keys are kept, those with the most hits, and
 * the others as one without a key; while they are summed up the smallest of {@value #MOST_SUMMED} are let go, so that a flood
 * of made-up keys fills no memory.
 */
final class KeySums {

    static final int MAX_KEYS = 200;
    private static final int MOST_SUMMED = 20_000;
    private static final int PRECISION = 12;

    private static final Comparator<Sum> ORDER = Comparator.comparingLong((Sum sum) -> sum.hits.all())
            .reversed()
            .thenComparing(sum -> String.valueOf(sum.key));

    private Map<String, Sum> sums = new HashMap<>();
    private final Sum others = new Sum(null);
    private Map<@Nullable String, Long> knownVisitors = new HashMap<>();

    void add(@Nullable String key, KeyHits hits) {
        (key == null ? others : sums.computeIfAbsent(key, Sum::new)).add(hits);
        if (sums.size() > MOST_SUMMED) {
            keep(MOST_SUMMED / 2);
        }
    }

    /** Takes the visitors of keys that were known before; of what has none they are by null. */
    void know(Map<@Nullable String, Long> visitors) {
        knownVisitors = visitors;
    }

    private void keep(int most) {
        List<Sum> sorted = new ArrayList<>(sums.values());
        sorted.sort(ORDER);
        Map<String, Sum> kept = new HashMap<>();
        for (Sum sum : sorted) {
            if (kept.size() < most) {
                kept.put(String.valueOf(sum.key), sum);
            } else {
                others.add(sum);
            }
        }
        sums = kept;
    }

    /** The keys in the order of their hits, and at last the others. */
    List<KeyHits> top() {
        keep(MAX_KEYS);
        List<KeyHits> top = new ArrayList<>();
        sums.values().stream().sorted(ORDER).map(this::numbers).forEach(top::add);
        if (others.hits.all() > 0) {
            top.add(numbers(others));
        }
        return top;
    }

    private KeyHits numbers(Sum sum) {
        Long known = knownVisitors.get(sum.key);
        long visitors = known == null ? sum.visitors() : Math.min(known, sum.hits.all());
        return KeyHits.ofNumbers(sum.key, sum.hits, visitors);
    }

    private static final class Sum {

        private final @Nullable String key;
        private final HourlyHits hits = HourlyHits.of(new Document());
        private final VisitorSketch visitors = new VisitorSketch(PRECISION);
        private long merged;

        private Sum(@Nullable String key) {
            this.key = key;
        }

        private void add(KeyHits more) {
            hits.add(more.hits());
            if (more.sketchBytes().length > 0) {
                visitors.addAll(more.sketchBytes());
            }
            merged += more.mergedVisitors();
        }

        private void add(Sum other) {
            hits.add(other.hits);
            visitors.addAll(other.visitors.toBytes());
            merged += other.merged;
        }

        private long visitors() {
            return merged + visitors.count();
        }
    }
}
