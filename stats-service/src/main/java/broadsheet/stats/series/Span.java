package broadsheet.stats.series;

import broadsheet.stats.TimeRange;
import broadsheet.web.problem.InvalidFieldException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.util.ArrayList;
import java.util.List;

/**
 * The points of a series: every one that begins before the end and ends after the start.
 *
 * @param starts of the points, without gaps
 * @param end of the last one
 */
record Span(List<Instant> starts, Instant end) {

    private static final int MOST_POINTS = 1_500;
    private static final Duration LONGEST = Duration.ofDays(5 * 366);

    static Span of(Instant from, Instant to, Interval interval, ZoneId zone) {
        TimeRange.check(from, to, LONGEST);
        List<Instant> starts = new ArrayList<>();
        ZonedDateTime start = interval.start(from.atZone(zone));
        while (start.toInstant().isBefore(to)) {
            starts.add(start.toInstant());
            start = interval.next(start);
            if (starts.size() > MOST_POINTS) {
                throw new InvalidFieldException(
                        "interval", "makes more than " + MOST_POINTS + " points of this time; ask for a longer one");
            }
        }
        return new Span(starts, start.toInstant());
    }

    Instant start() {
        return starts.get(0);
    }
}
