package broadsheet.stats.announcing;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * An article's hits since ever.
 *
 * @param asOf when they were read, or just before
 * @param announcedAt when this total was announced already; null where it was not
 */
record Total(
        String articleId, long hits, Instant asOf, @Nullable Instant announcedAt) {}
