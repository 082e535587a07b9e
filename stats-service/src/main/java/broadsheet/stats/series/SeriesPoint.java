package broadsheet.stats.series;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What an article's views were in one interval; all but hits are kept by the hour, and null where the interval is not made
 * of whole hours.
 *
 * @param hits null where hours of the interval have expired and it is not made of whole days in UTC
 * @param visitors null as {@code hits} is too
 * @param bots null also where the interval begins before the hours of which bots and double clicks are kept
 * @param doubleClicks null as {@code bots} is
 */
record SeriesPoint(
        Instant start,
        @Nullable Long hits,
        @Nullable Long visitors,
        @Nullable Long bots,
        @Nullable Long doubleClicks) {}
