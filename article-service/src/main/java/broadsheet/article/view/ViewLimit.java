package broadsheet.article.view;

import broadsheet.web.problem.ProblemException;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.LoadingCache;
import io.github.bucket4j.Bucket;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Component;

/**
 * Limits the views from one network: a token bucket for each, in memory, of the 20,000 that were seen most. Forgetting a
 * bucket that has had time to fill up changes nothing.
 */
@Component
class ViewLimit {

    private static final int MAX_NETWORKS = 20_000;

    private final LoadingCache<String, Bucket> buckets;
    private final Counter refused;
    private final Counter left;

    ViewLimit(ViewLimitProperties limit, MeterRegistry meters) {
        this.buckets = Caffeine.newBuilder()
                .maximumSize(MAX_NETWORKS)
                .expireAfterAccess(Duration.ofSeconds(1 + limit.burst() / limit.perSecond()))
                .executor(Runnable::run) // to wake another thread takes longer
                .build(network -> bucket(limit));
        this.refused = counter("refused", meters);
        this.left = counter("left out", meters);
    }

    private static Bucket bucket(ViewLimitProperties limit) {
        return Bucket.builder()
                .addLimit(bandwidth ->
                        bandwidth.capacity(limit.burst()).refillGreedy(limit.perSecond(), Duration.ofSeconds(1)))
                .build();
    }

    private static Counter counter(String what, MeterRegistry meters) {
        return Counter.builder("broadsheet.views.limited")
                .description(
                        "Views beyond the limit of an address: reports that were refused, and views beside an answer"
                                + " that were left out")
                .tag("view", what)
                .register(meters);
    }

    /** Takes a reported view, or refuses it with 429 and when to come again. */
    void take(String network) {
        long nanos = bucket(network).tryConsumeAndReturnRemaining(1).getNanosToWaitForRefill();
        if (nanos > 0) {
            refused.increment();
            throw tooMany(Duration.ofNanos(nanos).toSeconds() + 1);
        }
    }

    /** Whether a view beside an answer may be recorded. */
    boolean takesBesideAnswer(String network) {
        boolean takes = bucket(network).tryConsume(1);
        if (!takes) {
            left.increment();
        }
        return takes;
    }

    private Bucket bucket(String network) {
        return buckets.get(network);
    }

    private static ProblemException tooMany(long seconds) {
        var problem = new ProblemException(
                HttpStatus.TOO_MANY_REQUESTS, "Too many views come from your address; try again shortly");
        problem.getHeaders().set(HttpHeaders.RETRY_AFTER, Long.toString(seconds));
        return problem;
    }
}
