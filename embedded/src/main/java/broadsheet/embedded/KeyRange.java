package broadsheet.embedded;

import java.util.Arrays;

/** Keys of an index from one, which belongs to the range, to another, which does not. */
@SuppressWarnings("ArrayRecordComponent") // ranges are not compared
record KeyRange(byte[] from, byte[] to) {

    /** All but the marks of an index. */
    static final KeyRange ALL = new KeyRange(new byte[0], new byte[] {Byte.MAX_VALUE});

    static KeyRange startingWith(byte[] prefix) {
        return new KeyRange(prefix, SortKey.after(prefix));
    }

    KeyRange behind(byte[] prefix) {
        return new KeyRange(SortKey.concat(prefix, from), SortKey.concat(prefix, to));
    }

    KeyRange intersection(KeyRange other) {
        return new KeyRange(greater(from, other.from), less(to, other.to));
    }

    /** From the start of the first to the end of the last, with what lies between. */
    KeyRange hull(KeyRange other) {
        return new KeyRange(less(from, other.from), greater(to, other.to));
    }

    private static byte[] less(byte[] left, byte[] right) {
        return Arrays.compareUnsigned(left, right) < 0 ? left : right;
    }

    private static byte[] greater(byte[] left, byte[] right) {
        return Arrays.compareUnsigned(left, right) < 0 ? right : left;
    }
}
