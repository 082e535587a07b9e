package broadsheet.notification.subscription.api;

import broadsheet.notification.NotificationProperties;
import broadsheet.notification.subscription.Subscriptions;
import broadsheet.notification.subscription.Target;
import broadsheet.notification.subscription.Target.WebPushTarget;
import broadsheet.web.limit.RateLimit;
import broadsheet.web.problem.ProblemException;
import java.time.Duration;
import java.util.regex.Pattern;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Mono;

/**
 * How many subscriptions one network, which may be a campus, can make on an instance: 500 at once, then one each 10 s; and how many webhooks, or
 * browsers of a push service that few know, one host may have, since nobody asks it whether it wants them.
 */
@Component
class NewSubscriptionLimit {

    private static final int BURST = 500;
    private static final Duration EVERY = Duration.ofSeconds(10);

    /** Those of the browsers that most people have. */
    private static final Pattern PUSH_SERVICES = Pattern.compile("(fcm|android)\\.googleapis\\.com"
            + "|.+\\.(push\\.services\\.mozilla\\.com|push\\.apple\\.com|notify\\.windows\\.com)");

    private final Subscriptions subscriptions;
    private final int perHost;
    private final RateLimit limit = new RateLimit(BURST, 1, EVERY);

    NewSubscriptionLimit(Subscriptions subscriptions, NotificationProperties properties) {
        this.subscriptions = subscriptions;
        this.perHost = properties.webhooksPerHost();
    }

    /** Fails with 409 where the receiver's host has as many as it may. */
    Mono<Void> checkReceiver(Target target) {
        String host = target.host();
        return host == null || isOfPushService(target, host)
                ? Mono.empty()
                : subscriptions
                        .countByHost(host)
                        .flatMap(count -> count < perHost
                                ? Mono.empty()
                                : Mono.error(new ProblemException(
                                        HttpStatus.CONFLICT,
                                        "'" + host + "' has " + perHost + " subscriptions already")));
    }

    private static boolean isOfPushService(Target target, String host) {
        return target instanceof WebPushTarget && PUSH_SERVICES.matcher(host).matches();
    }

    /** Takes one, or refuses it with 429 and when to come again. */
    void take(String network) {
        limit.take(network, "Too many subscriptions come from your address; try again later");
    }
}
