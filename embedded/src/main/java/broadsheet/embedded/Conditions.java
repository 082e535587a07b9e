package broadsheet.embedded;

import de.bwaldvogel.mongo.bson.Document;
import java.util.Collection;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What a query asks of single fields, all of which must hold; what else it asks is left out.
 *
 * <p>An index looks here and answers with at least the documents that match; the query itself is applied to those.
 */
final class Conditions {

    private static final String EQUALS = "$eq";
    private static final Set<String> LOWER = Set.of("$gte", "$gt");
    private static final Set<String> UPPER = Set.of("$lte", "$lt");

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
                fields.put(key, fields.containsKey(key) ? merge(fields.get(key), value) : simplify(value));
            }
        });
    }

    /** The first condition, with the bound of the second if that bounds the other side. */
    private static @Nullable Object merge(@Nullable Object first, @Nullable Object second) {
        if (first instanceof Document one
                && second instanceof Document other
                && ((within(LOWER, one) && within(UPPER, other)) || (within(UPPER, one) && within(LOWER, other)))) {
            Document both = new Document();
            both.putAll(one);
            both.putAll(other);
            return both;
        }
        return first;
    }

    private static boolean within(Set<String> operators, Document condition) {
        return !condition.isEmpty() && operators.containsAll(condition.keySet());
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
