package broadsheet.stats.history;

import broadsheet.stats.classification.ClassifiedView;
import broadsheet.stats.visitor.VisitorSketch;
import java.time.ZoneOffset;
import org.bson.Document;
import org.bson.types.Binary;
import org.jspecify.annotations.Nullable;

/** A day's hits and visitors with one key of a dimension, or with all those that have none of their own. */
public final class KeyHits {

    private static final int PRECISION = 8; // exact to 32 visitors, a standard error of 4.9 % beyond
    private static final String KEY = "key";
    private static final String HITS = "hits";
    private static final String SKETCH = "sketch";
    private static final String MERGED = "merged";
    private static final String MISSED = "missed";

    private final @Nullable String key;
    private final HourlyHits hits;
    private final VisitorSketch visitors = new VisitorSketch(PRECISION);
    private long mergedVisitors;
    private long missed;

    private KeyHits(@Nullable String key, HourlyHits hits) {
        this.key = key;
        this.hits = hits;
    }

    /** @param key null for all those without one of their own */
    static KeyHits none(@Nullable String key) {
        return new KeyHits(key, new HourlyHits());
    }

    public static KeyHits of(Document stored) {
        var hits = new KeyHits(stored.getString(KEY), HourlyHits.of(stored.get(HITS, Document.class)));
        Binary sketch = stored.get(SKETCH, Binary.class);
        if (sketch != null) {
            hits.visitors.addAll(sketch.getData());
        }
        hits.mergedVisitors = stored.get(MERGED, 0L);
        hits.missed = stored.get(MISSED, 0L);
        return hits;
    }

    public @Nullable String key() {
        return key;
    }

    public HourlyHits hits() {
        return hits;
    }

    public long visitors() {
        return mergedVisitors + visitors.count();
    }

    /** The visitors as a sketch; of a day whose sketches are merged only those that came since. */
    public VisitorSketch sketch() {
        return visitors;
    }

    public long mergedVisitors() {
        return mergedVisitors;
    }

    /** Its hits, and those that it may have had before it took another key's place: the one with the fewest goes first. */
    long rank() {
        return hits.all() + missed;
    }

    /** Takes the place of a key, whose rank it can have had unseen. */
    void replace(KeyHits other) {
        missed = other.rank();
    }

    void add(ClassifiedView hit) {
        hits.add(hit.countedAt().atOffset(ZoneOffset.UTC).getHour(), 1);
        visitors.add(hit.opened().visitorKey());
    }

    void add(KeyHits other) {
        hits.add(other.hits);
        visitors.addAll(other.visitors.toBytes());
        mergedVisitors += other.mergedVisitors;
    }

    Document toDocument() {
        var stored = new Document();
        if (key != null) {
            stored.append(KEY, key);
        }
        stored.append(HITS, hits.toDocument());
        if (mergedVisitors > 0) {
            stored.append(MERGED, mergedVisitors);
        }
        if (missed > 0) {
            stored.append(MISSED, missed);
        }
        return visitors.isEmpty() ? stored : stored.append(SKETCH, new Binary(visitors.toBytes()));
    }

    /** With visitors as a number. */
    public static KeyHits ofNumbers(@Nullable String key, HourlyHits hits, long visitors) {
        var numbers = new KeyHits(key, hits);
        numbers.mergedVisitors = visitors;
        return numbers;
    }
}
