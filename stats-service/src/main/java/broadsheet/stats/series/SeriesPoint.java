package broadsheet.stats.series;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What an article's views were in one interval; all but hits are kept by the hour in UTC, and null for a minute. An hour
 * belongs to the interval that it begins in, where a zone is not whole hours from UTC.
 *
 * @param visitors distinct ones of each day in UTC
 * @param bots opened by what says that it is a robot
 * @param automated opened by other programs
 * @param late those of the hits that happened so long before they were received that they count when they were received
 * @param invalid views from the future
 */
record SeriesPoint(
        Instant start,
        long hits,
        @Nullable Long visitors,
        @Nullable Long bots,
        @Nullable Long automated,
        @Nullable Long doubleClicks,
        @Nullable Long duplicates,
        @Nullable Long late,
        @Nullable Long invalid) {}
