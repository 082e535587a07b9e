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
 * The points of a series: all that start before its end and end after its start.
 *
 * @param starts of the points, without gaps
 * @param end of the last one
 */
record SeriesRange(List<Instant> starts, Instant end) {

    private static final int MAX_POINTS = 1_500;
    private static final Duration MAX_LENGTH = Duration.ofDays(5 * 366);

    static SeriesRange of(Instant from, Instant to, Interval interval, ZoneId zone) {
        TimeRange.check(from, to, MAX_LENGTH);
        List<Instant> starts = new ArrayList<>();
        ZonedDateTime start = interval.start(from.atZone(zone));
        while (start.toInstant().isBefore(to)) {
            starts.add(start.toInstant());
            start = interval.next(start);
            if (starts.size() > MAX_POINTS) {
                throw new InvalidFieldException(
                        "interval", "makes more than " + MAX_POINTS + " points of this time; ask for a longer one");
            }
        }
        return new SeriesRange(starts, start.toInstant());
    }
}
