package broadsheet.web.limit;

import broadsheet.web.connection.ClientAddress;
import broadsheet.web.problem.ProblemException;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.LoadingCache;
import io.github.bucket4j.Bucket;
import java.time.Duration;

/**
 * Limits the calls from one network: a token bucket for each, in the memory of an instance, of the 20,000 that were seen
 * most. Forgetting a bucket that has had time to fill up changes nothing.
 */
public final class NetworkLimit {

    private static final int MAX_NETWORKS = 20_000;

    private final LoadingCache<String, Bucket> buckets;

    /**
     * @param burst calls at once, after a while without any
     * @param calls in that time, in the long run
     */
    public NetworkLimit(long burst, long calls, Duration time) {
        this.buckets = Caffeine.newBuilder()
                .maximumSize(MAX_NETWORKS)
                .expireAfterAccess(time.multipliedBy(1 + burst / calls))
                .executor(Runnable::run) // to wake another thread takes longer
                .build(network -> Bucket.builder()
                        .addLimit(bandwidth -> bandwidth.capacity(burst).refillGreedy(calls, time))
                        .build());
    }

    /** Takes a call of a {@linkplain ClientAddress#network network}; how long it has to wait where it is one too many. */
    public Duration take(String network) {
        return Duration.ofNanos(
                buckets.get(network).tryConsumeAndReturnRemaining(1).getNanosToWaitForRefill());
    }

    /**
     * Takes a call.
     *
     * @throws ProblemException 429 with this detail and when to come again, where it is one too many
     */
    public void take(String network, String refusal) {
        Duration wait = take(network);
        if (!wait.isZero()) {
            throw ProblemException.tooManyRequests(refusal, wait);
        }
    }
}
