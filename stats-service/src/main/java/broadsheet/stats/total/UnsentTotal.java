package broadsheet.stats.total;

import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * An article's total that is to be sent.
 *
 * @param generation of the totals that it is one of
 * @param announcedAs the generation that readers are told: a higher one replaces a lower one
 * @param asOf when it was read, or just before
 * @param changes how often it, or what is added to it, had changed by then; null where no release counted that yet
 * @param reached when the hits reached which threshold
 * @param sentAt when this same total was sent before; null where it was not
 */
record UnsentTotal(
        String articleId,
        long hits,
        int generation,
        int announcedAs,
        Instant asOf,
        @Nullable Long changes,
        Map<Long, Instant> reached,
        @Nullable Instant sentAt) {}
