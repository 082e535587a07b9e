package broadsheet.notification.subscription.api;

import broadsheet.notification.NotificationProperties;
import broadsheet.notification.subscription.Subscriptions;
import broadsheet.web.limit.RateLimit;
import broadsheet.web.problem.ProblemException;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Mono;

/**
 * How many subscriptions one network, which may be a campus, can make on an instance: 500 at once, then one each 10 s; and
 * how many of its active ones may have receivers that nobody asked, wherever those are: a limit of each receiver could be
 * used up by strangers, and one receiver can have any number of names.
 */
@Component
class SubscriptionLimits {

    private static final int BURST = 500;
    private static final Duration EVERY = Duration.ofSeconds(10);

    private final Subscriptions subscriptions;
    private final int receivers;
    private final RateLimit limit = new RateLimit(BURST, 1, EVERY);

    SubscriptionLimits(Subscriptions subscriptions, NotificationProperties properties) {
        this.subscriptions = subscriptions;
        this.receivers = properties.webhooksPerNetwork();
    }

    /** Fails with 409 where the network that named the receiver has as many as it may. */
    Mono<Void> check(@Nullable String network) {
        return Mono.justOrEmpty(network)
                .flatMap(subscriptions::countReceiversFrom)
                .flatMap(count -> count < receivers
                        ? Mono.empty()
                        : Mono.error(new ProblemException(
                                HttpStatus.CONFLICT, "Your network has " + receivers + " webhooks already")));
    }

    /** Takes one, or refuses it with 429 and when to come again. */
    void take(String network) {
        limit.take(network, "Too many subscriptions come from your network; try again later");
    }
}
