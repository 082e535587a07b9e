package broadsheet.notification.delivery.sending;

import broadsheet.notification.delivery.Delivery.Attempt;
import broadsheet.notification.delivery.Delivery.State;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What became of a claimed delivery.
 *
 * @param attempt none where nothing was sent
 * @param due when it is tried again; none where it is finished
 * @param suppressed why nothing was sent; none where it was
 */
record ClaimResult(
        DeliveryClaims.Claimed claimed,
        State state,
        Instant at,
        @Nullable Attempt attempt,
        @Nullable Instant due,
        @Nullable String suppressed) {

    static ClaimResult suppressed(DeliveryClaims.Claimed claimed, String because, Instant now) {
        return new ClaimResult(claimed, State.SUPPRESSED, now, null, null, because);
    }

    /** Where what there is to say cannot be read any more. */
    static ClaimResult unreadable(DeliveryClaims.Claimed claimed, String because, Instant now) {
        return new ClaimResult(claimed, State.DEAD, now, null, null, because);
    }
}
