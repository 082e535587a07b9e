package broadsheet.notification;

import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.bson.Document;

/**
 * What was found by ids, where one document that cannot be read does not hide the others, and it is known why not.
 *
 * @param found by id
 * @param unreadable why, by id
 */
public record DocumentsById<T>(Map<String, T> found, Map<String, String> unreadable) {

    /** Reads them; what the reader answers none for, since it says nothing any more, is missing. */
    public static <T> DocumentsById<T> of(Collection<Document> stored, Function<Document, Optional<T>> reader) {
        var found = new HashMap<String, T>();
        var unreadable = new HashMap<String, String>();
        for (Document one : stored) {
            String id = one.getString("_id");
            try {
                reader.apply(one).ifPresent(read -> found.put(id, read));
            } catch (RuntimeException e) {
                unreadable.put(id, e.toString());
            }
        }
        return new DocumentsById<>(found, unreadable);
    }
}
