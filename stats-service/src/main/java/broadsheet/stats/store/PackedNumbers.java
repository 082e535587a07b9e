package broadsheet.stats.store;

import java.nio.ByteBuffer;
import java.nio.LongBuffer;
import org.bson.types.Binary;

/**
 * Counts as one value of a document, where thousands of them are read at once: seven bits a byte, the lowest first, of which the
 * last byte has no highest bit (as LEB128 has it).
 */
public final class PackedNumbers {

    /** Earlier releases stored 8 bytes a number, of which the first is 0. */
    private static final byte FORMAT = 1;

    private static final int BITS = 7;
    private static final int MORE = 1 << BITS;

    private PackedNumbers() {}

    public static Binary pack(long[] numbers) {
        ByteBuffer bytes = ByteBuffer.allocate(1 + length(numbers)).put(FORMAT);
        for (long number : numbers) {
            long rest = number;
            while ((rest & -MORE) != 0) {
                bytes.put((byte) (rest | MORE));
                rest >>>= BITS;
            }
            bytes.put((byte) rest);
        }
        return new Binary(bytes.array());
    }

    private static int length(long[] numbers) {
        int length = 0;
        for (long number : numbers) {
            int significant = Long.SIZE - Long.numberOfLeadingZeros(number | 1);
            length += (significant + BITS - 1) / BITS;
        }
        return length;
    }

    /** As many as are asked for: what is not stored is 0. */
    public static long[] unpack(Binary stored, int length) {
        byte[] bytes = stored.getData();
        return bytes.length > 0 && bytes[0] == FORMAT ? unpack(bytes, length) : unpackLongs(bytes, length);
    }

    private static long[] unpack(byte[] bytes, int length) {
        long[] numbers = new long[length];
        int next = 1;
        for (int index = 0; index < length && next < bytes.length; index++) {
            long number = 0;
            int shift = 0;
            while (bytes[next] < 0) {
                number |= (long) (bytes[next++] & MORE - 1) << shift;
                shift += BITS;
            }
            numbers[index] = number | (long) bytes[next++] << shift;
        }
        return numbers;
    }

    private static long[] unpackLongs(byte[] bytes, int length) {
        long[] numbers = new long[length];
        LongBuffer stored = ByteBuffer.wrap(bytes).asLongBuffer();
        stored.get(numbers, 0, Math.min(length, stored.remaining()));
        return numbers;
    }
}
