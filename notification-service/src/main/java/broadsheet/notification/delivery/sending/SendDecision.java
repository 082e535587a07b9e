package broadsheet.notification.delivery.sending;

import broadsheet.notification.channel.OutgoingMessage;
import broadsheet.notification.channel.OutgoingMessage.Kind;
import broadsheet.notification.delivery.Deliveries;
import broadsheet.notification.delivery.Delivery;
import broadsheet.notification.delivery.sending.DeliveryClaims.Claimed;
import broadsheet.notification.event.PublicEvent;
import broadsheet.notification.subscription.Subscription;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What is sent to one subscriber now.
 *
 * @param first of what was claimed
 * @param message none where there is nothing left to send
 * @param unsent what was claimed and has nobody to send it to, or nothing to say any more
 * @param instead corrections that tell what is not sent any more
 */
record SendDecision(
        Delivery first,
        @Nullable OutgoingMessage message,
        List<Claimed> sent,
        List<ClaimResult> unsent,
        List<Delivery> instead) {

    /** @param claimed all of one subscriber */
    static SendDecision of(List<Claimed> claimed, MessageContents contents, Instant now) {
        Delivery first = claimed.get(0).delivery();
        String id = first.subscription();
        Subscription subscription = contents.subscriptions().found().get(id);
        if (subscription == null || !subscription.isActive()) {
            String unreadable = contents.subscriptions().unreadable().get(id);
            String because = subscription == null ? "unsubscribed" : Deliveries.DISABLED;
            return nothing(
                    first,
                    claimed.stream()
                            .map(one -> unreadable == null
                                    ? ClaimResult.suppressed(one, because, now)
                                    : ClaimResult.unreadable(one, unreadable, now))
                            .toList());
        }
        var sent = new ArrayList<Claimed>();
        var told = new ArrayList<PublicEvent>();
        var unsent = new ArrayList<ClaimResult>();
        var instead = new ArrayList<Delivery>();
        for (Claimed one : inOrder(claimed)) {
            Delivery delivery = one.delivery();
            PublicEvent event = contents.events().found().get(delivery.event());
            String unreadable = contents.events().unreadable().get(delivery.event());
            Optional<PublicEvent> correction = contents.correction(delivery);
            if (unreadable != null) {
                unsent.add(ClaimResult.unreadable(one, unreadable, now));
            } else if (correction.isPresent()) {
                instead.add(instead(correction.get(), subscription, delivery, now));
                unsent.add(ClaimResult.suppressed(one, Deliveries.CORRECTED, now));
            } else if (event == null || delivery.overtakenBy() != null) {
                unsent.add(ClaimResult.suppressed(one, Deliveries.WITHDRAWN, now));
            } else if (contents.untold().contains(delivery.id())) {
                unsent.add(ClaimResult.suppressed(one, "it was not told of the article before", now));
            } else {
                sent.add(one);
                told.add(event);
            }
        }
        return new SendDecision(
                first, told.isEmpty() ? null : message(subscription, sent.get(0), told), sent, unsent, instead);
    }

    private static SendDecision nothing(Delivery first, List<ClaimResult> unsent) {
        return new SendDecision(first, null, List.of(), unsent, List.of());
    }

    private static List<Claimed> inOrder(List<Claimed> claimed) {
        return claimed.stream()
                .sorted(Comparator.comparing(one -> one.delivery().eventTime()))
                .toList();
    }

    private static Delivery instead(
            PublicEvent correction, Subscription subscription, Delivery overtaken, Instant now) {
        return Delivery.scheduled(
                correction, subscription, List.of("replaces " + overtaken.event()), now, now, overtaken.traceParent());
    }

    private static OutgoingMessage message(Subscription subscription, Claimed first, List<PublicEvent> told) {
        Kind kind = first.message().equals(first.delivery().event()) ? Kind.ALERT : Kind.DIGEST;
        return new OutgoingMessage(first.message(), subscription, told, kind);
    }
}
