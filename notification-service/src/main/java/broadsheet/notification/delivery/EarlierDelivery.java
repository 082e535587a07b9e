package broadsheet.notification.delivery;

import java.time.Instant;
import java.util.Comparator;
import java.util.Date;
import org.bson.Document;
import org.jspecify.annotations.Nullable;

/**
 * A delivery of an event of an article that a later one follows.
 *
 * @param supersededBy the event until which it waited; none where it did not
 * @param heldUntil when it would have been sent
 * @param toldBefore whether its subscriber asked to be told again, so that its attempts are those since then
 */
public record EarlierDelivery(Delivery delivery, @Nullable String supersededBy, Instant heldUntil, boolean toldBefore) {

    /** Of the deliveries of one article. */
    public static final Comparator<EarlierDelivery> BY_VERSION = Comparator.comparingLong(
                    (EarlierDelivery earlier) -> earlier.delivery().version())
            .thenComparing(earlier -> earlier.delivery().eventTime());

    static final String SUPERSEDED_BY = "supersededBy";
    static final String HELD_UNTIL = "heldUntil";
    static final String TOLD_BEFORE = "toldBefore";

    static EarlierDelivery of(Document stored) {
        Date heldUntil = stored.getDate(HELD_UNTIL);
        return new EarlierDelivery(
                DeliveryDocument.read(stored),
                stored.getString(SUPERSEDED_BY),
                heldUntil == null ? Instant.EPOCH : heldUntil.toInstant(),
                stored.getBoolean(TOLD_BEFORE, false));
    }

    public boolean wasTried() {
        return toldBefore || !delivery.attempts().isEmpty();
    }

    /** Also where it is being tried for the first time. */
    public boolean mayHaveArrived() {
        return switch (delivery.state()) {
            case DELIVERED, SENDING -> true;
            case SCHEDULED, DEAD, FAILED, SUPPRESSED -> wasTried();
        };
    }
}
