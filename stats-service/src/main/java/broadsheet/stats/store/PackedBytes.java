package broadsheet.stats.store;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import org.bson.types.Binary;

/** Several values of bytes as one value of a document: of each its length in 4 bytes, and it. */
public final class PackedBytes {

    private PackedBytes() {}

    public static Binary pack(List<byte[]> values) {
        ByteBuffer bytes = ByteBuffer.allocate(
                values.stream().mapToInt(value -> Integer.BYTES + value.length).sum());
        values.forEach(value -> bytes.putInt(value.length).put(value));
        return new Binary(bytes.array());
    }

    public static List<byte[]> unpack(Binary stored) {
        ByteBuffer bytes = ByteBuffer.wrap(stored.getData());
        List<byte[]> values = new ArrayList<>();
        while (bytes.hasRemaining()) {
            var value = new byte[bytes.getInt()];
            bytes.get(value);
            values.add(value);
        }
        return values;
    }
}
