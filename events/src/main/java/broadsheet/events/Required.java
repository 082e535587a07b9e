package broadsheet.events;

import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Checks of what a record must carry, with the field's name in the message. */
final class Required {

    private Required() {}

    static <T> T present(String field, @Nullable T value) {
        if (value == null) {
            throw new IllegalArgumentException(field + " is missing");
        }
        return value;
    }

    static String text(String field, @Nullable String value) {
        if (value == null || value.isBlank()) {
            throw new IllegalArgumentException(field + " is missing or blank");
        }
        return value;
    }

    static void equal(String field, String only, @Nullable String value) {
        if (!only.equals(value)) {
            throw new IllegalArgumentException(field + " is not " + only + ": " + value);
        }
    }

    static void match(String field, Pattern pattern, @Nullable String value) {
        if (value == null || !pattern.matcher(value).matches()) {
            throw new IllegalArgumentException(field + " does not match " + pattern + ": " + value);
        }
    }

    /** Where there is no list, an empty one. */
    static List<String> elements(String field, @Nullable List<String> values) {
        if (values == null) {
            return List.of();
        }
        values.forEach(value -> present(field + "[]", value));
        return List.copyOf(values);
    }

    static long notNegative(String field, long value) {
        if (value < 0) {
            throw new IllegalArgumentException(field + " is negative: " + value);
        }
        return value;
    }
}
