package broadsheet.notification.delivery.sending;

import broadsheet.notification.channel.DeliveryOutcome;
import broadsheet.notification.channel.DeliveryOutcome.Refused;
import broadsheet.notification.delivery.Deliveries;
import broadsheet.notification.delivery.Delivery.State;
import broadsheet.notification.delivery.SubscriptionDeliveries;
import broadsheet.notification.subscription.Channel;
import broadsheet.notification.subscription.Subscription;
import broadsheet.notification.subscription.Subscriptions;
import java.time.Instant;
import java.util.List;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Mono;

/** Disables the subscription of a receiver that refuses, or one other than a mailbox that took nothing for as long as it is tried. */
@Component
class SubscriptionDisabler {

    private final Subscriptions subscriptions;
    private final SubscriptionDeliveries deliveries;
    private final DisabledNoticeSender notices;

    SubscriptionDisabler(Subscriptions subscriptions, SubscriptionDeliveries deliveries, DisabledNoticeSender notices) {
        this.subscriptions = subscriptions;
        this.deliveries = deliveries;
        this.notices = notices;
    }

    /** Where that follows from an attempt: nothing more is sent then, and its holder is told. */
    Mono<Void> disableWhereOver(
            Subscription subscription, DeliveryOutcome outcome, List<ClaimResult> finished, Instant now) {
        String reason = outcome instanceof Refused refused
                ? "The receiver refused: " + refused.detail()
                : "Nothing could be delivered for more than a day: " + outcome.detail();
        boolean over = outcome instanceof Refused
                || (isTheSubscribersOwn(subscription.channel())
                        && finished.stream().anyMatch(one -> one.state() == State.DEAD));
        return over ? disable(subscription, reason, now) : Mono.empty();
    }

    /** Not the site's mail server, or its hub: that they are away says nothing of the subscriber. */
    private static boolean isTheSubscribersOwn(Channel channel) {
        return switch (channel) {
            case WEBHOOK, WEBPUSH -> true;
            case EMAIL, WEBSUB -> false;
        };
    }

    private Mono<Void> disable(Subscription subscription, String reason, Instant now) {
        return subscriptions
                .disable(subscription.id(), reason, now)
                .flatMap(disabled -> deliveries
                        .suppressPending(subscription.id(), Deliveries.DISABLED, now)
                        .then(notices.send(subscription, reason)));
    }
}
