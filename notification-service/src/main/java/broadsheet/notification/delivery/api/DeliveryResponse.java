package broadsheet.notification.delivery.api;

import broadsheet.notification.delivery.Delivery;
import broadsheet.notification.event.EventKind;
import broadsheet.notification.subscription.Channel;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A delivery as operators, and the holder of its subscription, see it.
 *
 * @param due when it is sent, or tried again; none once it is finished
 * @param suppressed why it was not sent; none where it was
 */
record DeliveryResponse(
        String id,
        String event,
        EventKind kind,
        String article,
        String subscription,
        Channel channel,
        Delivery.State status,
        List<String> why,
        Instant createdAt,
        @Nullable Instant due,
        List<AttemptResponse> attempts,
        @Nullable Instant finishedAt,
        @Nullable String suppressed) {

    static DeliveryResponse of(Delivery delivery) {
        return new DeliveryResponse(
                delivery.id(),
                delivery.event(),
                delivery.kind(),
                delivery.article(),
                delivery.subscription(),
                delivery.channel(),
                delivery.state(),
                delivery.why(),
                delivery.createdAt(),
                delivery.due(),
                delivery.attempts().stream().map(AttemptResponse::of).toList(),
                delivery.finishedAt(),
                delivery.suppressed());
    }

    /** One try to send it; its status is of HTTP or SMTP. */
    record AttemptResponse(
            Instant at,
            long millis,
            @Nullable Integer status,
            @Nullable String detail) {

        private static AttemptResponse of(Delivery.Attempt attempt) {
            return new AttemptResponse(attempt.at(), attempt.took().toMillis(), attempt.status(), attempt.detail());
        }
    }
}
