package broadsheet.stats.counting;

import broadsheet.events.ArticleViewed;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A record and what became of it.
 *
 * @param partition as fences name it
 * @param receivedAt what hour of the ledger it belongs to
 * @param view null where there is none that could be counted anywhere but in the ledger
 */
record Decided(
        String partition,
        long offset,
        Outcome outcome,
        Instant receivedAt,
        @Nullable ArticleViewed view) {

    boolean is(Outcome asked) {
        return outcome == asked;
    }
}
