package broadsheet.stats.total;

import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * An article's total that is to be sent.
 *
 * @param imported hits that are added to it, as they were when it was last sent
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
        long imported,
        int generation,
        int announcedAs,
        Instant asOf,
        @Nullable Long changes,
        Map<Long, Instant> reached,
        @Nullable Instant sentAt) {}
