package broadsheet.article.audit;

import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.springframework.data.mongodb.core.query.Criteria;

/**
 * Which entries to show; what is null restricts nothing.
 *
 * @param from the first moment
 * @param to the moment behind the last
 */
record AuditFilter(
        @Nullable String actor,
        @Nullable String action,
        @Nullable Instant from,
        @Nullable Instant to) {

    /** @param before the id of the last entry shown */
    Criteria criteria(@Nullable String before) {
        var criteria = new Criteria();
        if (actor != null) {
            criteria.and("actor").is(actor);
        }
        if (action != null) {
            criteria.and("action").is(action);
        }
        String first = from == null ? null : StoredEntry.firstId(from);
        String behind = to == null ? before : earlier(StoredEntry.firstId(to), before);
        if (first != null || behind != null) {
            Criteria ids = criteria.and("_id");
            if (first != null) {
                ids.gte(first);
            }
            if (behind != null) {
                ids.lt(behind);
            }
        }
        return criteria;
    }

    private static String earlier(String one, @Nullable String other) {
        return other == null || one.compareTo(other) < 0 ? one : other;
    }
}
