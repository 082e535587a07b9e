package broadsheet.stats.history;

import broadsheet.stats.classification.ClassifiedView;
import broadsheet.stats.visitor.VisitorSketch;
import java.time.ZoneOffset;
import org.bson.Document;
import org.bson.types.Binary;
import org.jspecify.annotations.Nullable;

/** A day's hits and visitors with one key of a dimension, or with all those that have none of their own. */
public final class KeyHits {

    /** The sketch of no visitors. */
    static final byte[] NOBODY = {};

    private static final int PRECISION = 8; // exact to 32 visitors, a standard error of 4.9 % beyond
    private static final Binary NO_SKETCH = new Binary(NOBODY);

    private final @Nullable String key;
    private final HourlyHits hits;
    private final byte[] stored;
    private long mergedVisitors;
    private long missed;

    /** Those that are stored and those that came since; null while nobody asks, as of most keys nobody does. */
    private @Nullable VisitorSketch visitors;

    /**
     * @param key null for all those without one of their own
     * @param mergedVisitors those who are known as a number alone
     * @param missed the hits that it may have had before it took another key's place
     * @param sketch of the other visitors; empty where there are none
     */
    KeyHits(@Nullable String key, HourlyHits hits, long mergedVisitors, long missed, byte[] sketch) {
        this.key = key;
        this.hits = hits;
        this.mergedVisitors = mergedVisitors;
        this.missed = missed;
        this.stored = sketch;
    }

    /** @param key null for all those without one of their own */
    static KeyHits none(@Nullable String key) {
        return new KeyHits(key, new HourlyHits(), 0, 0, NOBODY);
    }

    /** With visitors as a number. */
    public static KeyHits ofNumbers(@Nullable String key, HourlyHits hits, long visitors) {
        return new KeyHits(key, hits, visitors, 0, NOBODY);
    }

    /** As earlier releases stored it. */
    public static KeyHits of(Document stored) {
        return new KeyHits(
                stored.getString("key"),
                HourlyHits.of(stored.get("hits", Document.class)),
                stored.get("merged", 0L),
                stored.get("missed", 0L),
                stored.get("sketch", NO_SKETCH).getData());
    }

    public @Nullable String key() {
        return key;
    }

    public HourlyHits hits() {
        return hits;
    }

    public long visitors() {
        return mergedVisitors + sketch().count();
    }

    /** The visitors as a sketch; of a day whose sketches are merged only those that came since. */
    public VisitorSketch sketch() {
        VisitorSketch known = visitors;
        if (known == null) {
            known = VisitorSketch.of(PRECISION, stored);
            visitors = known;
        }
        return known;
    }

    /** The sketch as it is stored; empty where there are no visitors. */
    public byte[] sketchBytes() {
        if (visitors == null) {
            return stored;
        }
        return visitors.isEmpty() ? NOBODY : visitors.toBytes();
    }

    public long mergedVisitors() {
        return mergedVisitors;
    }

    long missed() {
        return missed;
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
        sketch().add(hit.opened().visitorKey());
    }

    void add(KeyHits other) {
        hits.add(other.hits);
        if (other.sketchBytes().length > 0) {
            sketch().addAll(other.sketchBytes());
        }
        mergedVisitors += other.mergedVisitors;
    }
}
