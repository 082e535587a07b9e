package broadsheet.stats.rollup;

import java.nio.ByteBuffer;
import java.nio.LongBuffer;
import org.bson.types.Binary;

/** Numbers as one value of a document, 8 bytes each, where hundreds of them are read at once. */
final class PackedNumbers {

    private PackedNumbers() {}

    static Binary pack(long[] numbers) {
        ByteBuffer bytes = ByteBuffer.allocate(numbers.length * Long.BYTES);
        bytes.asLongBuffer().put(numbers);
        return new Binary(bytes.array());
    }

    /** As many as are asked for: what is not stored is 0. */
    static long[] unpack(Binary bytes, int length) {
        long[] numbers = new long[length];
        LongBuffer stored = ByteBuffer.wrap(bytes.getData()).asLongBuffer();
        stored.get(numbers, 0, Math.min(length, stored.remaining()));
        return numbers;
    }
}
