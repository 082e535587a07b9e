package broadsheet.stats.export;

import broadsheet.stats.TimeRange;
import broadsheet.stats.history.ArticleDay;
import broadsheet.web.problem.InvalidFieldException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import org.jspecify.annotations.Nullable;

/**
 * What is exported: the days or hours in UTC that begin in {@code [from, to)}.
 *
 * @param byHour else by day
 */
record ExportRange(Instant from, Instant to, boolean byHour) {

    private static final Duration MAX_LENGTH = Duration.ofDays(3 * 366);
    private static final Duration DEFAULT_LENGTH = Duration.ofDays(30);

    /** Without times the 30 days until now. */
    static ExportRange of(@Nullable Instant from, @Nullable Instant to, String interval, InstantSource clock) {
        boolean byHour = switch (interval) {
            case "hour" -> true;
            case "day" -> false;
            default -> throw new InvalidFieldException("interval", "must be one of hour, day");
        };
        Instant end = TimeRange.end(to, clock);
        Instant start = from == null ? end.minus(DEFAULT_LENGTH).truncatedTo(ChronoUnit.DAYS) : from;
        TimeRange.check(start, end, MAX_LENGTH);
        return new ExportRange(start, end, byHour);
    }

    /** The first day that may hold something of it. */
    Instant firstDay() {
        Instant day = from.truncatedTo(ChronoUnit.DAYS);
        return byHour || day.equals(from) ? day : day.plus(Duration.ofDays(1));
    }

    boolean has(Instant start) {
        return !start.isBefore(from) && start.isBefore(to);
    }

    boolean has(ArticleDay day) {
        return byHour || has(day.start());
    }
}
