package broadsheet.stats.history;

import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;

/** The parts of a day in UTC that hits are kept by. */
enum TimeOfDay {
    MINUTE("minutes", Duration.ofMinutes(1)),
    QUARTER("quarters", Duration.ofMinutes(15));

    private final String field;
    private final Duration length;

    TimeOfDay(String field, Duration length) {
        this.field = field;
        this.length = length;
    }

    String field() {
        return field;
    }

    Duration length() {
        return length;
    }

    /** The number of the part of its day that a time lies in. */
    long number(Instant time) {
        return Duration.between(time.truncatedTo(ChronoUnit.DAYS), time).dividedBy(length);
    }
}
