package broadsheet.web.limit;

import broadsheet.web.connection.ClientAddress;
import broadsheet.web.problem.ProblemException;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.LoadingCache;
import io.github.bucket4j.Bucket;
import java.time.Duration;

/**
 * Limits the calls of each caller, such as a {@linkplain ClientAddress#network network} or a mailbox: a token bucket for each,
 * in the memory of an instance, of the 20,000 that were seen most. Forgetting a bucket that has had time to fill up changes nothing.
 */
public final class RateLimit {

    private static final int MAX_CALLERS = 20_000;

    private final LoadingCache<String, Bucket> buckets;

    /**
     * @param burst calls at once, after a while without any
     * @param calls in that time, in the long run
     */
    public RateLimit(long burst, long calls, Duration time) {
        this.buckets = Caffeine.newBuilder()
                .maximumSize(MAX_CALLERS)
                .expireAfterAccess(time.multipliedBy(1 + burst / calls))
                .executor(Runnable::run) // to wake another thread takes longer
                .build(caller -> Bucket.builder()
                        .addLimit(bandwidth -> bandwidth.capacity(burst).refillGreedy(calls, time))
                        .build());
    }

    /** Takes a call; how long its caller has to wait where it is one too many. */
    public Duration take(String caller) {
        return Duration.ofNanos(
                buckets.get(caller).tryConsumeAndReturnRemaining(1).getNanosToWaitForRefill());
    }

    /**
     * Takes a call.
     *
     * @throws ProblemException 429 with this detail and when to come again, where it is one too many
     */
    public void take(String caller, String refusal) {
        Duration wait = take(caller);
        if (!wait.isZero()) {
            throw ProblemException.tooManyRequests(refusal, wait);
        }
    }
}
