package broadsheet.stats.visitor;

import com.dynatrace.hash4j.distinctcount.UltraLogLog;
import com.dynatrace.hash4j.hashing.Hashing;
import java.nio.ByteBuffer;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Distinct visitors in little space: their 64-bit hashes, so exactly, while these take no more than the sketch would; an
 * UltraLogLog sketch (Ertl, PVLDB 17(7), 2024) of 2<sup>precision</sup> bytes with a standard error of
 * 0.785 / √2<sup>precision</sup> from then on.
 */
public final class VisitorSketch {

    private static final byte HASHES = 0;

    private final int precision;
    private long[] few = {}; // in order, as far as there are any
    private int size;
    private @Nullable UltraLogLog many;

    public VisitorSketch(int precision) {
        this.precision = precision;
    }

    /**
     * A sketch that was stored.
     *
     * @param bytes as {@link #toBytes()} wrote them; none where there are no visitors
     */
    public static VisitorSketch of(int precision, byte[] bytes) {
        var sketch = new VisitorSketch(precision);
        if (bytes.length > 0) {
            sketch.addAll(bytes);
        }
        return sketch;
    }

    public void add(String visitor) {
        add(Hashing.komihash5_0().hashCharsToLong(visitor));
    }

    /**
     * Adds all visitors of another sketch; the result is no more precise than the less precise of both.
     *
     * @param bytes as {@link #toBytes()} wrote them
     */
    public void addAll(byte[] bytes) {
        ByteBuffer buffer = ByteBuffer.wrap(bytes);
        if (buffer.get() == HASHES) {
            while (buffer.hasRemaining()) {
                add(buffer.getLong());
            }
        } else {
            var state = new byte[buffer.remaining()];
            buffer.get(state);
            many = UltraLogLog.merge(sketch(), UltraLogLog.wrap(state));
        }
    }

    public boolean isEmpty() {
        return many == null && size == 0;
    }

    public long count() {
        return many == null ? size : Math.round(many.getDistinctCountEstimate());
    }

    /** The precision and the sketch, or 0 and the hashes. */
    public byte[] toBytes() {
        if (many != null) {
            byte[] state = many.getState();
            return ByteBuffer.allocate(1 + state.length)
                    .put((byte) many.getP())
                    .put(state)
                    .array();
        }
        ByteBuffer hashes = ByteBuffer.allocate(1 + size * Long.BYTES).put(HASHES);
        hashes.asLongBuffer().put(few, 0, size);
        return hashes.array();
    }

    private void add(long hash) {
        if (many != null) {
            many.add(hash);
            return;
        }
        int place = Arrays.binarySearch(few, 0, size, hash);
        if (place < 0) {
            insert(hash, -place - 1);
            if (size > (1 << precision) / Long.BYTES) {
                many = sketch();
            }
        }
    }

    private void insert(long hash, int place) {
        if (size == few.length) {
            few = Arrays.copyOf(few, Math.max(8, 2 * size));
        }
        System.arraycopy(few, place, few, place + 1, size - place);
        few[place] = hash;
        size++;
    }

    private UltraLogLog sketch() {
        if (many != null) {
            return many;
        }
        UltraLogLog sketch = UltraLogLog.create(precision);
        for (int hash = 0; hash < size; hash++) {
            sketch.add(few[hash]);
        }
        few = new long[0];
        size = 0;
        return sketch;
    }
}
