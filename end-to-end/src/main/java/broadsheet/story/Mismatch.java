package broadsheet.story;

import java.util.Objects;

/** What was seen is not what was expected; the message says both. */
final class Mismatch extends RuntimeException {

    Mismatch(String expected, Object seen) {
        super("expected " + expected + " but " + seen);
    }

    static void unlessEqual(String what, Object expected, Object seen) {
        unless(Objects.equals(expected, seen), what + " " + expected, "was " + seen);
    }

    static void unless(boolean holds, String expected, Object seen) {
        if (!holds) {
            throw new Mismatch(expected, seen);
        }
    }
}
