package broadsheet.stats;

import broadsheet.web.problem.InvalidFieldException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import org.jspecify.annotations.Nullable;

/** Checks {@code from} and {@code to}: within the years that calendars and the store support. */
public final class TimeRange {

    private static final Instant FIRST = Instant.parse("1970-01-02T00:00:00Z");
    private static final Instant LAST = Instant.parse("9998-12-31T00:00:00Z");

    private TimeRange() {}

    /** The {@code to} that was asked for, or now. */
    public static Instant end(@Nullable Instant to, InstantSource clock) {
        return to == null ? clock.instant() : supported("to", to);
    }

    public static void check(Instant from, Instant to, Duration max) {
        if (!supported("from", from).isBefore(to)) {
            throw new InvalidFieldException("from", "must be before to");
        }
        if (Duration.between(from, to).compareTo(max) > 0) {
            throw new InvalidFieldException("from", "must be within " + max.toDays() + " days before to");
        }
    }

    private static Instant supported(String field, Instant time) {
        if (time.isBefore(FIRST) || time.isAfter(LAST)) {
            throw new InvalidFieldException(field, "must be between the years 1970 and 9998");
        }
        return time;
    }
}
