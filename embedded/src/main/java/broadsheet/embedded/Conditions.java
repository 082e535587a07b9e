package broadsheet.embedded;

import de.bwaldvogel.mongo.bson.Document;
import java.util.Collection;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What a query asks of single fields, all of which must hold; what else it asks is left out.
 *
 * <p>An index looks here and answers with at least the documents that match; the query itself is applied to those.
 */
final class Conditions {

    private static final String EQUALS = "$eq";

    private final Document fields = new Document();

    private Conditions() {}

    static Conditions of(Document query) {
        Conditions conditions = new Conditions();
        conditions.add(query);
        return conditions;
    }

    private void add(Document query) {
        query.forEach((key, value) -> {
            if (key.equals("$and") && value instanceof Collection<?> parts) {
                parts.forEach(part -> add((Document) part));
            } else if (!key.startsWith("$")) {
                fields.putIfAbsent(key, simplify(value));
            }
        });
    }

    private static @Nullable Object simplify(@Nullable Object value) {
        return value instanceof Document operators && operators.size() == 1 && operators.containsKey(EQUALS)
                ? operators.get(EQUALS)
                : value;
    }

    @Nullable Object on(String field) {
        return fields.get(field);
    }

    /** The conditions on exactly these fields, or null if one of them is free. */
    @Nullable Document onAll(Collection<String> names) {
        if (!fields.keySet().containsAll(names)) {
            return null;
        }
        Document some = new Document();
        names.forEach(name -> some.put(name, fields.get(name)));
        return some;
    }

    /** Whether whatever meets these conditions matches the filter; says no when in doubt. */
    boolean imply(Document filter) {
        return filter.entrySet().stream()
                .allMatch(entry -> fields.containsKey(entry.getKey())
                        && !(entry.getValue() instanceof List)
                        && Objects.equals(fields.get(entry.getKey()), simplify(entry.getValue())));
    }
}
