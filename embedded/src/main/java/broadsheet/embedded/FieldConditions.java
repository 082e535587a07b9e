package broadsheet.embedded;

import de.bwaldvogel.mongo.bson.Document;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What a query asks of single fields, as keys of an index: all of it must hold; what else the query asks is left out.
 *
 * <p>So an index finds at least the documents that match; the query itself is applied to those.
 */
final class FieldConditions {

    private final Map<String, List<byte[]>> values = new HashMap<>();
    private final Map<String, List<KeyRange>> ranges = new HashMap<>();

    FieldConditions(Document query) {
        add(query);
    }

    /** The keys of which the field has one; null where the query does not name them. */
    @Nullable List<byte[]> values(String field) {
        return values.get(field);
    }

    /**
     * The keys between which the field has one.
     *
     * @param severalValues whether the field can be a list: then different entries can meet the bounds
     */
    Optional<KeyRange> range(String field, boolean severalValues) {
        Stream<KeyRange> all = ranges.getOrDefault(field, List.of()).stream();
        return severalValues ? all.findFirst() : all.reduce(KeyRange::intersection);
    }

    private void add(Document query) {
        query.forEach((key, asked) -> {
            if (key.equals("$and")) {
                parts(asked).forEach(this::add);
            } else if (key.equals("$or")) {
                addAny(parts(asked).map(FieldConditions::new).toList());
            } else if (!key.startsWith("$")) {
                addField(key, asked);
            }
        });
    }

    private static Stream<Document> parts(Object queries) {
        return ((Collection<?>) queries).stream().map(Document.class::cast);
    }

    /** What each of the alternatives bounds is bounded: a cursor of a list is {@code a < 5 or (a = 5 and b < 7)}. */
    private void addAny(List<FieldConditions> alternatives) {
        Set<String> fields = new HashSet<>();
        alternatives.forEach(alternative -> {
            fields.addAll(alternative.values.keySet());
            fields.addAll(alternative.ranges.keySet());
        });
        for (String field : fields) {
            List<KeyRange> hulls = alternatives.stream()
                    .flatMap(alternative -> alternative.hull(field).stream())
                    .toList();
            if (hulls.size() == alternatives.size()) {
                hulls.stream().reduce(KeyRange::hull).ifPresent(hull -> addRange(field, hull));
            }
        }
    }

    private Optional<KeyRange> hull(String field) {
        List<byte[]> named = values.get(field);
        return named == null
                ? range(field, true)
                : named.stream().map(KeyRange::startingWith).reduce(KeyRange::hull);
    }

    private void addField(String field, @Nullable Object asked) {
        if (asked instanceof Document operators && operators.keySet().stream().anyMatch(key -> key.startsWith("$"))) {
            operators.forEach((operator, operand) -> addOperator(field, operator, operand));
        } else {
            addValues(field, Collections.singletonList(asked));
        }
    }

    private void addOperator(String field, String operator, @Nullable Object operand) {
        switch (operator) {
            case "$eq" -> addValues(field, Collections.singletonList(operand));
            case "$in" -> addValues(field, (Collection<?>) Objects.requireNonNull(operand));
            case "$gt", "$gte" -> addBound(field, operand, key -> new KeyRange(key, SortKey.endOfType(key)));
            case "$lt", "$lte" ->
                addBound(field, operand, key -> new KeyRange(SortKey.startOfType(key), SortKey.after(key)));
            default -> {
                // no index helps
            }
        }
    }

    private void addValues(String field, Collection<?> asked) {
        if (asked.stream().allMatch(SortKey::canFind)) {
            Set<byte[]> keys = new TreeSet<>(Arrays::compareUnsigned);
            asked.forEach(value -> keys.add(SortKey.of(value)));
            values.putIfAbsent(field, List.copyOf(keys));
        }
    }

    private void addBound(String field, @Nullable Object bound, Function<byte[], KeyRange> range) {
        if (SortKey.canSort(bound)) {
            addRange(field, range.apply(SortKey.of(bound)));
        }
    }

    private void addRange(String field, KeyRange range) {
        ranges.computeIfAbsent(field, none -> new ArrayList<>()).add(range);
    }
}
