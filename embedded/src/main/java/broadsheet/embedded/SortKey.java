package broadsheet.embedded;

import de.bwaldvogel.mongo.backend.KeyValue;
import de.bwaldvogel.mongo.backend.Missing;
import de.bwaldvogel.mongo.bson.BsonRegularExpression;
import de.bwaldvogel.mongo.bson.Document;
import de.bwaldvogel.mongo.bson.ObjectId;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.Arrays;
import java.util.Collection;
import org.jspecify.annotations.Nullable;

/**
 * Values as bytes that sort, unsigned, as MongoDB sorts the values; equal values have equal bytes, and no key begins with
 * another one.
 *
 * <p>Exceptions: documents and binaries are found by their key but not sorted by it, and decimals are their nearest double.
 */
final class SortKey {

    private static final byte NOTHING = 0x05;
    private static final byte NUMBER = 0x10;
    private static final byte TEXT = 0x20;
    private static final byte OTHER = 0x30;
    private static final byte OBJECT_ID = 0x40;
    private static final byte TRUTH = 0x50;
    private static final byte TIME = 0x60;

    /** Before every key of a value that is not sorted by it. */
    static final byte[] UNORDERED = {OTHER};

    private SortKey() {}

    static byte[] of(@Nullable Object value) {
        if (value == null || value instanceof Missing) {
            return new byte[] {NOTHING};
        }
        if (value instanceof Number number) {
            return number(number);
        }
        if (value instanceof String text) {
            return text(text);
        }
        if (value instanceof ObjectId id) {
            return concat(new byte[] {OBJECT_ID}, id.toByteArray());
        }
        if (value instanceof Boolean truth) {
            return new byte[] {TRUTH, (byte) (truth ? 1 : 0)};
        }
        if (value instanceof Instant time) {
            return ByteBuffer.allocate(1 + Long.BYTES)
                    .put(TIME)
                    .putLong(time.toEpochMilli() ^ Long.MIN_VALUE)
                    .array();
        }
        Object normalized = new KeyValue(value).normalized().get(0);
        return concat(new byte[] {OTHER}, Bson.encode(new Document("", normalized)));
    }

    /** Whether all that equals the value has its key. */
    static boolean canFind(@Nullable Object value) {
        return !Missing.isNullOrMissing(value)
                && !(value instanceof Collection)
                && !(value instanceof BsonRegularExpression);
    }

    /** Whether the value can bound others of its type. */
    static boolean canSort(@Nullable Object value) {
        return canFind(value) && !isUnordered(of(value));
    }

    static boolean isUnordered(byte @Nullable [] key) {
        return key != null && key[0] == OTHER;
    }

    /** Before every key of the type of this one. */
    static byte[] startOfType(byte[] key) {
        return new byte[] {key[0]};
    }

    /** After every key of the type of this one. */
    static byte[] endOfType(byte[] key) {
        return new byte[] {(byte) (key[0] + 1)};
    }

    /** After every key that begins with this one, whose first byte is not all ones. */
    static byte[] after(byte[] prefix) {
        int last = prefix.length - 1;
        while (prefix[last] == -1) {
            last--;
        }
        byte[] next = Arrays.copyOf(prefix, last + 1);
        next[last]++;
        return next;
    }

    static byte[] concat(byte[] left, byte[] right) {
        byte[] both = Arrays.copyOf(left, left.length + right.length);
        System.arraycopy(right, 0, both, left.length, right.length);
        return both;
    }

    /** The nearest double and, of a long, how far that is away. */
    private static byte[] number(Number number) {
        double nearest = number.doubleValue() == 0 ? 0.0 : number.doubleValue();
        long bits = Double.doubleToLongBits(nearest);
        long rest = number instanceof Long exact ? exact - (long) nearest : 0;
        return ByteBuffer.allocate(1 + Long.BYTES + Short.BYTES)
                .put(NUMBER)
                .putLong(bits < 0 ? ~bits : bits ^ Long.MIN_VALUE)
                .putShort((short) (rest ^ Short.MIN_VALUE))
                .array();
    }

    /** As UTF-8, but each UTF-16 unit by itself, as the server compares, and one up, so that a zero can end it. */
    private static byte[] text(String text) {
        byte[] bytes = new byte[3 * text.length() + 2];
        int end = 0;
        bytes[end++] = TEXT;
        for (int at = 0; at < text.length(); at++) {
            int unit = text.charAt(at) + 1;
            if (unit < 0x80) {
                bytes[end++] = (byte) unit;
            } else {
                if (unit < 0x800) {
                    bytes[end++] = (byte) (0xC0 | (unit >> 6));
                } else {
                    bytes[end++] = (byte) (0xE0 | (unit >> 12));
                    bytes[end++] = (byte) (0x80 | ((unit >> 6) & 0x3F));
                }
                bytes[end++] = (byte) (0x80 | (unit & 0x3F));
            }
        }
        bytes[end++] = 0;
        return Arrays.copyOf(bytes, end);
    }
}
