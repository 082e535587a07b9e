package broadsheet.notification.channel;

import broadsheet.notification.subscription.Subscription;
import reactor.core.publisher.Mono;

/** Tells the contact of a webhook that it was disabled, where there is one and mail is on. */
public interface DisabledNotice {

    /** Fails where it may be told later; what never can be told can be seen in the subscription. */
    Mono<Void> send(Subscription disabled, String reason);
}
