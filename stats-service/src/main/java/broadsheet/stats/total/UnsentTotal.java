package broadsheet.stats.total;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * An article's total that is to be sent.
 *
 * @param asOf when it was read, or just before
 * @param sentAt when this same total was sent before; null where it was not
 */
record UnsentTotal(
        String articleId, long hits, Instant asOf, @Nullable Instant sentAt) {}
