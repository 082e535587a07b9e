package broadsheet.notification.subscribing;

import broadsheet.notification.NotificationProperties;
import broadsheet.notification.subscription.Subscriptions;
import broadsheet.notification.subscription.Target;
import broadsheet.notification.subscription.Target.WebhookTarget;
import broadsheet.web.connection.NetworkLimit;
import broadsheet.web.problem.ProblemException;
import java.time.Duration;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Mono;

/**
 * How many subscriptions one network, which may be a campus, can make on an instance: 500 at once, then one each 10 s; and how many webhooks one
 * host may have, since nobody asks it whether it wants them.
 */
@Component
class NewSubscriptionLimit {

    private static final int BURST = 500;
    private static final Duration EVERY = Duration.ofSeconds(10);

    private final Subscriptions subscriptions;
    private final int webhooksPerHost;
    private final NetworkLimit limit = new NetworkLimit(BURST, 1, EVERY);

    NewSubscriptionLimit(Subscriptions subscriptions, NotificationProperties properties) {
        this.subscriptions = subscriptions;
        this.webhooksPerHost = properties.webhooksPerHost();
    }

    /** Fails with 409 where the webhook's host has as many as it may. */
    Mono<Void> checkReceiver(Target target) {
        return target instanceof WebhookTarget webhook
                ? subscriptions
                        .countByHost(webhook.host())
                        .flatMap(count -> count < webhooksPerHost
                                ? Mono.empty()
                                : Mono.error(new ProblemException(
                                        HttpStatus.CONFLICT,
                                        "'" + webhook.host() + "' has " + webhooksPerHost + " webhooks already")))
                : Mono.empty();
    }

    /** Takes one, or refuses it with 429 and when to come again. */
    void take(String network) {
        limit.take(network, "Too many subscriptions come from your address; try again later");
    }
}
