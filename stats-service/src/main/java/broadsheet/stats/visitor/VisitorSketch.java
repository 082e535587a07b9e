package broadsheet.stats.visitor;

import com.dynatrace.hash4j.distinctcount.UltraLogLog;
import com.dynatrace.hash4j.hashing.Hashing;
import java.nio.ByteBuffer;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * Distinct visitors in little space: their 64-bit hashes, so exactly, while these take no more than the sketch would; an
 * UltraLogLog sketch (Ertl, PVLDB 17(7), 2024) of 2<sup>precision</sup> bytes with a standard error of
 * 0.785 / √2<sup>precision</sup> from then on.
 */
public final class VisitorSketch {

    private static final byte HASHES = 0;

    private final int precision;
    private final Set<Long> few = new TreeSet<>();
    private @Nullable UltraLogLog many;

    public VisitorSketch(int precision) {
        this.precision = precision;
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
        return many == null && few.isEmpty();
    }

    public long count() {
        return many == null ? few.size() : Math.round(many.getDistinctCountEstimate());
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
        ByteBuffer hashes = ByteBuffer.allocate(1 + few.size() * Long.BYTES).put(HASHES);
        few.forEach(hashes::putLong);
        return hashes.array();
    }

    private void add(long hash) {
        if (many != null) {
            many.add(hash);
        } else if (few.add(hash) && few.size() > (1 << precision) / Long.BYTES) {
            many = sketch();
        }
    }

    private UltraLogLog sketch() {
        if (many != null) {
            return many;
        }
        UltraLogLog sketch = UltraLogLog.create(precision);
        few.forEach(sketch::add);
        few.clear();
        return sketch;
    }
}
