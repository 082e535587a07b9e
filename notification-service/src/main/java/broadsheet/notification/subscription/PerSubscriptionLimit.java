package broadsheet.notification.subscription;

import broadsheet.web.problem.ProblemException;
import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import java.time.Duration;

/** Lets each subscription have a call once in a while, on each instance. */
public final class PerSubscriptionLimit {

    private static final int REMEMBERED = 100_000;

    private final Duration every;
    private final Cache<String, Boolean> recent;

    public PerSubscriptionLimit(Duration every) {
        this.every = every;
        this.recent = Caffeine.newBuilder()
                .maximumSize(REMEMBERED)
                .expireAfterWrite(every)
                .build();
    }

    /**
     * Takes the call.
     *
     * @throws ProblemException 429 where the subscription had it a moment ago
     */
    public void take(String subscription) {
        if (recent.asMap().putIfAbsent(subscription, true) != null) {
            throw ProblemException.tooManyRequests("Once in " + every.toSeconds() + " seconds is enough", every);
        }
    }
}
