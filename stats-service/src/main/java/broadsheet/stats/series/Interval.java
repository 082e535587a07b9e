package broadsheet.stats.series;

import broadsheet.web.problem.InvalidFieldException;
import java.time.Duration;
import java.time.ZonedDateTime;
import java.time.temporal.ChronoUnit;
import java.util.Arrays;
import java.util.Locale;
import java.util.stream.LongStream;

/** The length of a point of a series, in the calendar of its zone. */
enum Interval {
    MINUTE(ChronoUnit.MINUTES, Duration.ofHours(1)),
    HOUR(ChronoUnit.HOURS, Duration.ofDays(1)),
    DAY(ChronoUnit.DAYS, Duration.ofDays(30)),
    MONTH(ChronoUnit.MONTHS, Duration.ofDays(365));

    private final ChronoUnit unit;
    private final Duration defaultLength;

    Interval(ChronoUnit unit, Duration defaultLength) {
        this.unit = unit;
        this.defaultLength = defaultLength;
    }

    /** The length of a series without a start. */
    Duration defaultLength() {
        return defaultLength;
    }

    /** The start of the point that contains the time. */
    ZonedDateTime start(ZonedDateTime time) {
        return switch (this) {
            case MINUTE, HOUR, DAY -> time.truncatedTo(unit);
            case MONTH -> time.truncatedTo(ChronoUnit.DAYS).withDayOfMonth(1);
        };
    }

    /** Where a zone turns its clocks back by half an hour, the hour after next may still begin in this one. */
    ZonedDateTime next(ZonedDateTime start) {
        return LongStream.iterate(1, units -> units + 1)
                .mapToObj(units -> start(start.plus(units, unit)))
                .filter(next -> next.isAfter(start))
                .findFirst()
                .orElseThrow();
    }

    static Interval of(String parameter) {
        return Arrays.stream(values())
                .filter(interval -> interval.name().toLowerCase(Locale.ROOT).equals(parameter))
                .findFirst()
                .orElseThrow(() -> new InvalidFieldException("interval", "must be one of minute, hour, day, month"));
    }
}
