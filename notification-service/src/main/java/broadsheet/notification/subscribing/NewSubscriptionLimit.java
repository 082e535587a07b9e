package broadsheet.notification.subscribing;

import broadsheet.web.problem.ProblemException;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.LoadingCache;
import io.github.bucket4j.Bucket;
import java.time.Duration;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Component;

/** How many subscriptions one network may make on an instance: 100 at once, then one each 10 s. */
@Component
class NewSubscriptionLimit {

    private static final int BURST = 100;
    private static final Duration EVERY = Duration.ofSeconds(10);
    private static final int MAX_NETWORKS = 20_000;

    private final LoadingCache<String, Bucket> buckets = Caffeine.newBuilder()
            .maximumSize(MAX_NETWORKS)
            .expireAfterAccess(EVERY.multipliedBy(BURST))
            .build(network -> Bucket.builder()
                    .addLimit(bandwidth -> bandwidth.capacity(BURST).refillGreedy(1, EVERY))
                    .build());

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
