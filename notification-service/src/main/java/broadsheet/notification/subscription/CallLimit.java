package broadsheet.notification.subscription;

import broadsheet.web.problem.ProblemException;
import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import java.time.Duration;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;

/** Lets each subscription have a call once in a while, on each instance. */
public final class CallLimit {

    private static final int REMEMBERED = 100_000;

    private final Duration every;
    private final Cache<String, Boolean> recent;

    public CallLimit(Duration every) {
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
            var problem = new ProblemException(
                    HttpStatus.TOO_MANY_REQUESTS, "Once in " + every.toSeconds() + " seconds is enough");
            problem.getHeaders().set(HttpHeaders.RETRY_AFTER, Long.toString(every.toSeconds()));
            throw problem;
        }
    }
}
