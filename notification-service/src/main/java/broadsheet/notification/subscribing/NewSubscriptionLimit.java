package broadsheet.notification.subscribing;

import broadsheet.notification.NotificationProperties;
import broadsheet.notification.subscription.Subscriptions;
import broadsheet.notification.subscription.Target;
import broadsheet.notification.subscription.Target.WebhookTarget;
import broadsheet.web.problem.ProblemException;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.LoadingCache;
import io.github.bucket4j.Bucket;
import java.time.Duration;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Mono;

/**
 * How many subscriptions one network may make on an instance: 100 at once, then one each 10 s; and how many webhooks one
 * host may have, since nobody asks it whether it wants them.
 */
@Component
class NewSubscriptionLimit {

    private static final int BURST = 100;
    private static final Duration EVERY = Duration.ofSeconds(10);
    private static final int MAX_NETWORKS = 20_000;

    private final Subscriptions subscriptions;
    private final int webhooksPerHost;
    private final LoadingCache<String, Bucket> buckets = Caffeine.newBuilder()
            .maximumSize(MAX_NETWORKS)
            .expireAfterAccess(EVERY.multipliedBy(BURST))
            .build(network -> Bucket.builder()
                    .addLimit(bandwidth -> bandwidth.capacity(BURST).refillGreedy(1, EVERY))
                    .build());

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
        long nanos = buckets.get(network).tryConsumeAndReturnRemaining(1).getNanosToWaitForRefill();
        if (nanos > 0) {
            var problem = new ProblemException(
                    HttpStatus.TOO_MANY_REQUESTS, "Too many subscriptions come from your address; try again later");
            problem.getHeaders()
                    .set(
                            HttpHeaders.RETRY_AFTER,
                            Long.toString(Duration.ofNanos(nanos).toSeconds() + 1));
            throw problem;
        }
    }
}
