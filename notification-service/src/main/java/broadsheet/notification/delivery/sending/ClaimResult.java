package broadsheet.notification.delivery.sending;

import static com.mongodb.client.model.Filters.and;
import static com.mongodb.client.model.Filters.eq;
import static com.mongodb.client.model.Updates.combine;
import static com.mongodb.client.model.Updates.push;
import static com.mongodb.client.model.Updates.set;
import static com.mongodb.client.model.Updates.unset;

import broadsheet.notification.channel.DeliveryOutcome;
import broadsheet.notification.channel.DeliveryOutcome.Delivered;
import broadsheet.notification.delivery.Delivery.Attempt;
import broadsheet.notification.delivery.Delivery.State;
import broadsheet.notification.delivery.DeliveryDocument;
import broadsheet.notification.delivery.sending.DeliveryClaims.Claimed;
import broadsheet.notification.subscription.DigestFrequency;
import broadsheet.notification.subscription.Subscription;
import com.mongodb.client.model.UpdateOneModel;
import com.mongodb.client.model.WriteModel;
import java.time.Instant;
import java.util.Date;
import org.bson.Document;
import org.bson.conversions.Bson;
import org.jspecify.annotations.Nullable;

/**
 * What became of a claimed delivery.
 *
 * @param attempt none where nothing was sent
 * @param due when it is tried again; none where it is finished
 * @param suppressed why nothing was sent; none where it was
 */
record ClaimResult(
        Claimed claimed,
        State state,
        Instant at,
        @Nullable Attempt attempt,
        @Nullable Instant due,
        @Nullable String suppressed) {

    /** @param next when a failed attempt is followed by another; none after the last */
    static ClaimResult of(
            Claimed claimed,
            Subscription subscription,
            DeliveryOutcome outcome,
            Attempt attempt,
            @Nullable Instant next,
            Instant now) {
        if (outcome instanceof Delivered) {
            return new ClaimResult(claimed, State.DELIVERED, now, attempt, null, null);
        }
        if (next != null) {
            Subscription.Schedule schedule = subscription.schedule();
            Instant due = DigestFrequency.NONE.dueAt(next, schedule.zone(), schedule.quietHours(), false);
            return new ClaimResult(claimed, State.FAILED, now, attempt, due, null);
        }
        return new ClaimResult(claimed, State.DEAD, now, attempt, null, null);
    }

    static ClaimResult suppressed(Claimed claimed, String because, Instant now) {
        return new ClaimResult(claimed, State.SUPPRESSED, now, null, null, because);
    }

    /** Where what there is to say cannot be read any more. */
    static ClaimResult unreadable(Claimed claimed, String because, Instant now) {
        return new ClaimResult(claimed, State.DEAD, now, null, null, because);
    }

    /** Changes the stored delivery, unless somebody else has claimed it since. */
    WriteModel<Document> write() {
        Bson pushed = attempt == null ? combine() : push("attempts", DeliveryDocument.of(attempt));
        return new UpdateOneModel<>(
                and(eq("_id", claimed.delivery().id()), eq("claim", claimed.claim())),
                combine(
                        set("state", state.name()),
                        due == null ? unset("due") : set("due", Date.from(due)),
                        unset("claim"),
                        state.isPending() ? unset("finishedAt") : set("finishedAt", Date.from(at)),
                        pushed,
                        suppressed == null ? combine() : set("suppressed", suppressed)));
    }
}
