package broadsheet.notification.channel;

import broadsheet.notification.event.PublicEvent;
import broadsheet.notification.subscription.Subscription;
import java.util.List;

/**
 * What one subscriber is told at once.
 *
 * @param id the same in every attempt
 * @param events one, or those of a digest, oldest first; none in a test
 */
public record OutgoingMessage(String id, Subscription subscription, List<PublicEvent> events, Kind kind) {

    public OutgoingMessage {
        events = List.copyOf(events);
    }

    public enum Kind {
        ALERT,
        DIGEST,
        /** The holder tries whether messages arrive. */
        TEST
    }
}
