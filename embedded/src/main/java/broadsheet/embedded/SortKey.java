package broadsheet.embedded;

import de.bwaldvogel.mongo.backend.Missing;
import de.bwaldvogel.mongo.bson.ObjectId;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Values as bytes that sort, unsigned, as the values do within their type.
 *
 * <p>Numbers are their nearest double, and what an index cannot look up (lists, documents, bytes) is all one: an index
 * may find too much, never too little.
 */
final class SortKey {

    private static final int NOTHING = 0x05;
    private static final int NUMBER = 0x10;
    private static final int TEXT = 0x20;
    private static final int OBJECT_ID = 0x30;
    private static final int TRUTH = 0x40;
    private static final int TIME = 0x50;
    private static final int OTHER = 0x60;

    private SortKey() {}

    static boolean canFind(@Nullable Object value) {
        return value != null && type(value) != OTHER && type(value) != NOTHING;
    }

    static boolean canCompare(@Nullable Object value) {
        return value instanceof Number || value instanceof String || value instanceof Instant;
    }

    static byte[] encode(@Nullable Object value) {
        int type = type(value);
        return concat(
                new byte[] {(byte) type},
                switch (type) {
                    case NUMBER -> number(((Number) required(value)).doubleValue());
                    case TEXT -> text((String) required(value));
                    case OBJECT_ID -> ((ObjectId) required(value)).toByteArray();
                    case TRUTH -> new byte[] {(byte) (Boolean.TRUE.equals(value) ? 1 : 0)};
                    case TIME -> signed(((Instant) required(value)).toEpochMilli());
                    default -> new byte[0];
                });
    }

    /** The first key after every value of that value's type. */
    static byte[] endOfType(Object value) {
        return new byte[] {(byte) (type(value) + 1)};
    }

    /** The key of that value's type before every value of it. */
    static byte[] startOfType(Object value) {
        return new byte[] {(byte) type(value)};
    }

    /** The first key that does not begin with this one, which is never all ones. */
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

    private static int type(@Nullable Object value) {
        if (value instanceof Number) {
            return NUMBER;
        }
        if (value instanceof String) {
            return TEXT;
        }
        if (value instanceof ObjectId) {
            return OBJECT_ID;
        }
        if (value instanceof Boolean) {
            return TRUTH;
        }
        if (value instanceof Instant) {
            return TIME;
        }
        return Missing.isNullOrMissing(value) ? NOTHING : OTHER;
    }

    private static Object required(@Nullable Object value) {
        if (value == null) {
            throw new IllegalStateException("null has no bytes");
        }
        return value;
    }

    private static byte[] number(double value) {
        long bits = Double.doubleToLongBits(value == 0 ? 0.0 : value);
        return ByteBuffer.allocate(Long.BYTES)
                .putLong(bits < 0 ? ~bits : bits ^ Long.MIN_VALUE)
                .array();
    }

    private static byte[] signed(long value) {
        return ByteBuffer.allocate(Long.BYTES).putLong(value ^ Long.MIN_VALUE).array();
    }

    /** UTF-16, as the server compares strings; two zeros end it, so a zero is written as 0, 1. */
    private static byte[] text(String value) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream(2 * value.length() + 4);
        for (int i = 0; i < value.length(); i++) {
            write(bytes, value.charAt(i));
            if (value.charAt(i) == 0) {
                write(bytes, (char) 1);
            }
        }
        write(bytes, (char) 0);
        write(bytes, (char) 0);
        return bytes.toByteArray();
    }

    private static void write(ByteArrayOutputStream bytes, char unit) {
        bytes.write(unit >>> 8);
        bytes.write(unit);
    }
}
