package broadsheet.notification.subscription;

import reactor.core.publisher.Mono;

/** Whoever keeps something for subscriptions that has to go with them. */
public interface SubscriptionListener {

    Mono<Void> onRemoved(String subscription);
}
