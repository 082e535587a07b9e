package broadsheet.stats.history;

import broadsheet.stats.classification.ClassifiedView;
import broadsheet.stats.referrer.Referrers;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.bson.Document;
import org.jspecify.annotations.Nullable;

/**
 * An article's hits on a day by the keys of each {@link ReadingDimension}. Of a dimension at most {@value #MAX_KEYS} keys are
 * kept, those with the most hits; whoever sends made-up referrers fills no more than these. What the others had is added to
 * a last one without a key.
 */
final class DayBreakdown {

    static final String FIELD = "by";
    static final int MAX_KEYS = 20;

    /** The more hits the earlier; of equally many the earlier key, and the one without a key last. */
    private static final Comparator<KeyHits> ORDER = Comparator.comparing((KeyHits one) -> one.key() == null)
            .thenComparing(
                    Comparator.comparingLong((KeyHits one) -> one.hits().all()).reversed())
            .thenComparing(KeyHits::key, Comparator.nullsLast(Comparator.naturalOrder()));

    private final Map<ReadingDimension, Map<@Nullable String, KeyHits>> hits = new EnumMap<>(ReadingDimension.class);

    static DayBreakdown of(Document day) {
        var breakdown = new DayBreakdown();
        Document stored = day.get(FIELD, new Document());
        for (ReadingDimension dimension : ReadingDimension.values()) {
            stored.getList(dimension.field(), Document.class, List.of()).stream()
                    .map(KeyHits::of)
                    .forEach(one -> breakdown.of(dimension).put(one.key(), one));
        }
        return breakdown;
    }

    private Map<@Nullable String, KeyHits> of(ReadingDimension dimension) {
        return hits.computeIfAbsent(dimension, none -> new HashMap<>());
    }

    List<KeyHits> by(ReadingDimension dimension) {
        return of(dimension).values().stream().sorted(ORDER).toList();
    }

    DayBreakdown add(List<ClassifiedView> views, Referrers referrers) {
        for (ReadingDimension dimension : ReadingDimension.values()) {
            Map<@Nullable String, KeyHits> known = of(dimension);
            for (ClassifiedView view : views) {
                String key = dimension.key(view.opened(), referrers);
                if (key != null) {
                    known.computeIfAbsent(key, KeyHits::none).add(view);
                }
            }
        }
        return this;
    }

    Document toDocument() {
        return toDocument(KeyHits::toDocument);
    }

    Document toMergedDocument() {
        return toDocument(KeyHits::toMergedDocument);
    }

    private Document toDocument(Function<KeyHits, Document> each) {
        var stored = new Document();
        for (ReadingDimension dimension : ReadingDimension.values()) {
            List<KeyHits> bounded = bounded(by(dimension));
            if (!bounded.isEmpty()) {
                stored.append(dimension.field(), bounded.stream().map(each).toList());
            }
        }
        return stored;
    }

    private static List<KeyHits> bounded(List<KeyHits> sorted) {
        if (sorted.size() <= MAX_KEYS) {
            return sorted;
        }
        KeyHits others = KeyHits.none(null);
        sorted.subList(MAX_KEYS, sorted.size()).forEach(others::add);
        var bounded = new ArrayList<>(sorted.subList(0, MAX_KEYS));
        bounded.add(others);
        return bounded;
    }
}
