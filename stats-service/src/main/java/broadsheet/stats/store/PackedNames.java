package broadsheet.stats.store;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.List;
import org.bson.types.Binary;

/** Names as one value of a document, where thousands of them are read at once: {@link PackedBytes} in UTF-8. */
public final class PackedNames {

    private PackedNames() {}

    public static Binary pack(List<String> names) {
        return PackedBytes.pack(names.stream().map(name -> name.getBytes(UTF_8)).toList());
    }

    public static List<String> unpack(Binary stored) {
        return PackedBytes.unpack(stored).stream()
                .map(name -> new String(name, UTF_8))
                .toList();
    }
}
