package broadsheet.stats.ranking;

import broadsheet.web.problem.InvalidFieldException;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Arrays;
import java.util.stream.Collectors;

/** The time that a ranking looks back, to the minute. */
enum Period {
    HOUR("1h", Duration.ofHours(1)),
    DAY("24h", Duration.ofHours(24)),
    WEEK("7d", Duration.ofDays(7)),
    MONTH("30d", Duration.ofDays(30)),
    EVER("all", Duration.ZERO);

    private final String parameter;
    private final Duration length;

    Period(String parameter, Duration length) {
        this.parameter = parameter;
        this.length = length;
    }

    String parameter() {
        return parameter;
    }

    /** The minute from which on hits count; of all time there is none. */
    Instant start(Instant now) {
        return now.minus(length).truncatedTo(ChronoUnit.MINUTES);
    }

    static Period of(String parameter) {
        return Arrays.stream(values())
                .filter(period -> period.parameter.equals(parameter))
                .findFirst()
                .orElseThrow(() -> new InvalidFieldException(
                        "period",
                        "must be one of "
                                + Arrays.stream(values())
                                        .map(period -> period.parameter)
                                        .collect(Collectors.joining(", "))));
    }
}
