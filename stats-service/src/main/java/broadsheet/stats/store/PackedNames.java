package broadsheet.stats.store;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import org.bson.types.Binary;

/** Names as one value of a document, where thousands of them are read at once: of each its length in 4 bytes, and it in UTF-8. */
public final class PackedNames {

    private PackedNames() {}

    public static Binary pack(List<String> names) {
        List<byte[]> encoded = names.stream().map(name -> name.getBytes(UTF_8)).toList();
        ByteBuffer bytes = ByteBuffer.allocate(
                encoded.stream().mapToInt(name -> Integer.BYTES + name.length).sum());
        encoded.forEach(name -> bytes.putInt(name.length).put(name));
        return new Binary(bytes.array());
    }

    public static List<String> unpack(Binary stored) {
        ByteBuffer bytes = ByteBuffer.wrap(stored.getData());
        List<String> names = new ArrayList<>();
        while (bytes.hasRemaining()) {
            int length = bytes.getInt();
            names.add(new String(bytes.array(), bytes.position(), length, UTF_8));
            bytes.position(bytes.position() + length);
        }
        return names;
    }
}
