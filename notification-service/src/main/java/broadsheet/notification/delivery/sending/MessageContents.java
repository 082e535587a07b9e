package broadsheet.notification.delivery.sending;

import broadsheet.notification.DocumentsById;
import broadsheet.notification.delivery.Delivery;
import broadsheet.notification.event.EventKind;
import broadsheet.notification.event.PublicEvent;
import broadsheet.notification.subscription.Subscription;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Whom messages go to and what they tell.
 *
 * @param corrections of the articles of what was added late
 * @param untold the ids of deliveries that follow something of which their subscriber was not told
 */
record MessageContents(
        DocumentsById<Subscription> subscriptions,
        DocumentsById<PublicEvent> events,
        List<PublicEvent> corrections,
        Set<String> untold) {

    /** The correction that came while a delivery waited, or, where that was added late, before it was. */
    Optional<PublicEvent> correction(Delivery delivery) {
        PublicEvent overtaking = events.found().get(String.valueOf(delivery.overtakenBy()));
        if (overtaking != null && overtaking.kind() == EventKind.CORRECTED) {
            return Optional.of(overtaking);
        }
        PublicEvent event = events.found().get(delivery.event());
        return event == null || !delivery.late() ? Optional.empty() : newestCorrection(event);
    }

    private Optional<PublicEvent> newestCorrection(PublicEvent event) {
        return switch (event.kind()) {
            case PUBLISHED, CORRECTED ->
                corrections.stream()
                        .filter(other -> other.isNewerThan(event) && other.isOfSameArticle(event))
                        .max(PublicEvent.BY_VERSION);
            case WITHDRAWN, MILESTONE -> Optional.empty();
        };
    }
}
