package broadsheet.embedded;

import static java.util.stream.Collectors.toCollection;

import de.bwaldvogel.mongo.backend.Missing;
import de.bwaldvogel.mongo.backend.Utils;
import de.bwaldvogel.mongo.bson.Document;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The keys that a document has in an index of some fields: the {@link SortKey}s of its values, one behind the other. There
 * is one for each value of a list, and one where a field is missing.
 */
final class DocumentKeys {

    private DocumentKeys() {}

    static Set<byte[]> of(Document document, List<String> fields) {
        List<byte[]> keys = List.of(new byte[0]);
        for (String field : fields) {
            keys = extended(keys, values(document, field).map(SortKey::of).toList());
        }
        return keys.stream().collect(toCollection(() -> new TreeSet<>(Arrays::compareUnsigned)));
    }

    /** Each of the keys' beginnings with each of the ends. */
    static List<byte[]> extended(List<byte[]> prefixes, Collection<byte[]> ends) {
        return prefixes.stream()
                .flatMap(prefix -> ends.stream().map(end -> SortKey.concat(prefix, end)))
                .toList();
    }

    /** Whether the document has none of the fields. */
    static boolean areMissing(Document document, List<String> fields) {
        return fields.stream().flatMap(field -> values(document, field)).allMatch(Missing.class::isInstance);
    }

    private static Stream<Object> values(Document document, String field) {
        return leaves(Utils.getSubdocumentValueCollectionAware(document, field));
    }

    private static Stream<Object> leaves(@Nullable Object value) {
        return value instanceof Collection<?> values && !values.isEmpty()
                ? values.stream().flatMap(DocumentKeys::leaves)
                : Stream.of(Missing.ofNullable(value));
    }
}
