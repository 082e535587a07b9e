package broadsheet.stats.series;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Hits and visitors in one interval.
 *
 * @param visitors null where the interval is not made of whole hours, for which visitors are kept
 */
record SeriesPoint(Instant start, long hits, @Nullable Long visitors) {}
