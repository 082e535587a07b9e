package broadsheet.stats.history;

import broadsheet.stats.classification.ClassifiedView;
import broadsheet.stats.referrer.Origin;
import broadsheet.stats.referrer.Referrers;
import java.util.Collection;
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
 * kept, so whoever sends made-up referrers fills no more than these; what the others had is added to one without a key. A
 * new key takes the place of the one with the lowest rank, and its rank (Space-Saving; A. Metwally, D. Agrawal, A. El Abbadi:
 * Efficient computation of frequent and top-k elements in data streams, ICDT 2005): a key that has more than a {@value
 * #MAX_KEYS}nd of all hits is among them, however late it came.
 */
final class DayBreakdown {

    static final String FIELD = "by";
    static final int MAX_KEYS = 32;

    /** The more hits the earlier; of equally many the earlier key, and the one without a key last. */
    private static final Comparator<KeyHits> ORDER = Comparator.comparing((KeyHits one) -> one.key() == null)
            .thenComparing(
                    Comparator.comparingLong((KeyHits one) -> one.hits().all()).reversed())
            .thenComparing(KeyHits::key, Comparator.nullsLast(Comparator.naturalOrder()));

    private static final Comparator<KeyHits> LOWEST = Comparator.comparingLong(KeyHits::rank)
            .thenComparing(KeyHits::key, Comparator.nullsLast(Comparator.naturalOrder()));

    private final Map<ReadingDimension, Map<@Nullable String, KeyHits>> hits = new EnumMap<>(ReadingDimension.class);

    static DayBreakdown of(Document day) {
        var breakdown = new DayBreakdown();
        Document stored = day.get(FIELD, new Document());
        for (ReadingDimension dimension : ReadingDimension.values()) {
            keys(stored, dimension.field())
                    .forEach(one -> breakdown.of(dimension).put(one.key(), one));
        }
        return breakdown;
    }

    private static List<KeyHits> keys(Document breakdown, String field) {
        return breakdown.get(field) instanceof Document packed
                ? PackedKeyHits.unpack(packed)
                : breakdown.getList(field, Document.class, List.of()).stream()
                        .map(KeyHits::of)
                        .toList();
    }

    /** Where a document has a dimension. */
    static String field(ReadingDimension dimension) {
        return FIELD + "." + dimension.field();
    }

    private Map<@Nullable String, KeyHits> of(ReadingDimension dimension) {
        return hits.computeIfAbsent(dimension, none -> new HashMap<>());
    }

    List<KeyHits> by(ReadingDimension dimension) {
        return of(dimension).values().stream().sorted(ORDER).toList();
    }

    DayBreakdown add(List<ClassifiedView> views, Referrers referrers) {
        Map<ReadingDimension, Map<@Nullable String, KeyHits>> added = new EnumMap<>(ReadingDimension.class);
        for (ClassifiedView view : views) {
            Origin origin = referrers.origin(view.opened());
            for (ReadingDimension dimension : ReadingDimension.values()) {
                String key = dimension.key(view.opened(), origin);
                if (key != null) {
                    added.computeIfAbsent(dimension, none -> new HashMap<>())
                            .computeIfAbsent(key, KeyHits::none)
                            .add(view);
                }
            }
        }
        added.forEach((dimension, keys) -> add(of(dimension), keys.values()));
        return this;
    }

    /** Adds another article's, without which version was read and which alert was opened. */
    DayBreakdown addUnnamed(DayBreakdown other) {
        for (ReadingDimension dimension : ReadingDimension.values()) {
            for (KeyHits more : other.by(dimension)) {
                switch (dimension) {
                    case ALERT -> {}
                    case REVISION -> addWithoutKey(dimension, more);
                    case CHANNEL, SOURCE, REFERRER, DEVICE -> {
                        if (more.key() == null) {
                            addWithoutKey(dimension, more);
                        } else {
                            add(of(dimension), List.of(more));
                        }
                    }
                }
            }
        }
        return this;
    }

    private void addWithoutKey(ReadingDimension dimension, KeyHits more) {
        of(dimension).computeIfAbsent(null, KeyHits::none).add(more);
    }

    private static void add(Map<@Nullable String, KeyHits> known, Collection<KeyHits> added) {
        added.stream().sorted(ORDER).forEach(more -> {
            KeyHits one = known.get(more.key());
            if (one != null) {
                one.add(more);
            } else if (known.size() - (known.containsKey(null) ? 1 : 0) < MAX_KEYS) {
                known.put(more.key(), more);
            } else {
                KeyHits lowest = known.values().stream()
                        .filter(other -> other.key() != null)
                        .min(LOWEST)
                        .orElseThrow();
                known.remove(lowest.key());
                known.computeIfAbsent(null, KeyHits::none).add(lowest);
                more.replace(lowest);
                known.put(more.key(), more);
            }
        });
    }

    Document toDocument() {
        return toDocument(PackedKeyHits::pack);
    }

    /** With visitors as numbers. */
    Document toMergedDocument() {
        return toDocument(PackedKeyHits::packNumbers);
    }

    private Document toDocument(Function<List<KeyHits>, Document> keys) {
        var stored = new Document();
        for (ReadingDimension dimension : ReadingDimension.values()) {
            List<KeyHits> sorted = by(dimension);
            if (!sorted.isEmpty()) {
                stored.append(dimension.field(), keys.apply(sorted));
            }
        }
        return stored;
    }
}
