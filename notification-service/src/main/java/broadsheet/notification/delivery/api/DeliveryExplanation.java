package broadsheet.notification.delivery.api;

import broadsheet.notification.delivery.Delivery;
import broadsheet.notification.delivery.matching.EventMatcher;
import broadsheet.notification.event.EventKind;
import broadsheet.notification.event.FilterExplanation;
import broadsheet.notification.event.PublicEvent;
import broadsheet.notification.subscription.Subscription;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Why a subscriber is told of an event, or not.
 *
 * @param delivery none where it is not told
 * @param whyNot none where it is told
 * @param filter what the filter, as it is now, finds in the event
 */
record DeliveryExplanation(
        String event,
        EventKind kind,
        Instant time,
        @Nullable DeliveryResponse delivery,
        @Nullable String whyNot,
        FilterExplanation filter) {

    static DeliveryExplanation of(PublicEvent event, Subscription subscription, @Nullable Delivery delivery) {
        var filter = FilterExplanation.of(subscription.filter(), event);
        return new DeliveryExplanation(
                event.notification().id(),
                event.kind(),
                event.notification().time(),
                delivery == null ? null : DeliveryResponse.of(delivery),
                delivery == null ? whyNot(event, subscription, filter) : delivery.suppressed(),
                filter);
    }

    private static String whyNot(PublicEvent event, Subscription subscription, FilterExplanation filter) {
        Instant since = subscription.activeSince();
        if (since == null) {
            return "the subscription is not confirmed";
        }
        if (!EventMatcher.isSince(event, subscription)) {
            return "the event is older than the subscription, which is active since " + since;
        }
        if (!filter.matches()) {
            return "the filter does not match";
        }
        if (!subscription.isActive()) {
            return "the subscription is disabled";
        }
        return switch (event.kind()) {
            case PUBLISHED, MILESTONE -> "the filter matched something else then, or the event is not matched yet";
            case CORRECTED, WITHDRAWN -> "it was not told of the article before";
        };
    }
}
