package broadsheet.stats.history;

import java.time.Duration;
import java.time.Instant;

/** The parts of a day in UTC that hits are kept by. */
enum TimeOfDay {
    MINUTE("minutes", Duration.ofMinutes(1)),
    QUARTER("quarters", Duration.ofMinutes(15));

    private static final long SECONDS_A_DAY = 86_400;

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
        return Math.floorMod(time.getEpochSecond(), SECONDS_A_DAY) / length.toSeconds();
    }
}
