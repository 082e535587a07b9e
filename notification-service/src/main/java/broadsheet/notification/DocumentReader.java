package broadsheet.notification;

import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.bson.Document;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Reads stored documents; one that cannot be read, such as that of a later release, is left out and holds up no other. */
public final class DocumentReader {

    private static final Logger log = LoggerFactory.getLogger(DocumentReader.class);

    private DocumentReader() {}

    /** Those that can be read. */
    public static <T> List<T> readAll(String kind, Collection<Document> stored, Function<Document, T> reader) {
        return stored.stream().flatMap(one -> read(kind, one, reader).stream()).toList();
    }

    /** None where it cannot be read, which is logged. */
    public static <T> Optional<T> read(String kind, Document stored, Function<Document, T> reader) {
        try {
            return Optional.of(reader.apply(stored));
        } catch (RuntimeException e) {
            log.warn("The stored {} {} cannot be read and is left out: {}", kind, stored.get("_id"), e.toString());
            return Optional.empty();
        }
    }
}
