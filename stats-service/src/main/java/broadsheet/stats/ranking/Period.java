package broadsheet.stats.ranking;

import broadsheet.web.problem.InvalidFieldException;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.stream.Collectors;

/** What a ranking looks back on: so long before now, to the minute. */
enum Period {
    HOUR("1h", Duration.ofHours(1)),
    DAY("24h", Duration.ofHours(24)),
    WEEK("7d", Duration.ofDays(7)),
    MONTH("30d", Duration.ofDays(30)),
    EVER("all", Duration.ZERO);

    private final String asked;
    private final Duration length;

    Period(String asked, Duration length) {
        this.asked = asked;
        this.length = length;
    }

    Instant start(Instant now) {
        return now.minus(length);
    }

    static Period of(String asked) {
        return Arrays.stream(values())
                .filter(period -> period.asked.equals(asked))
                .findFirst()
                .orElseThrow(() -> new InvalidFieldException(
                        "period",
                        "must be one of "
                                + Arrays.stream(values())
                                        .map(period -> period.asked)
                                        .collect(Collectors.joining(", "))));
    }
}
