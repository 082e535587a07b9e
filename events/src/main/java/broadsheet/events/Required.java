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

    /** A text that somebody else chose is no longer than that, in code points as JSON Schema counts them. */
    static void atMost(String field, int length, @Nullable String value) {
        if (value != null && value.length() > length && value.codePointCount(0, value.length()) > length) {
            throw new IllegalArgumentException(field + " is longer than " + length + " characters");
        }
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
    static <T> List<T> elements(String field, @Nullable List<T> values) {
        if (values == null) {
            return List.of();
        }
        values.forEach(value -> present(field + "[]", value));
        return List.copyOf(values);
    }

    static void notBelow(String field, long least, long value) {
        if (value < least) {
            throw new IllegalArgumentException(field + " is below " + least + ": " + value);
        }
    }

    static long notNegative(String field, long value) {
        if (value < 0) {
            throw new IllegalArgumentException(field + " is negative: " + value);
        }
        return value;
    }
}
