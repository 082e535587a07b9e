package broadsheet.stats.kafka;

import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.aopalliance.intercept.MethodInterceptor;
import org.aopalliance.intercept.MethodInvocation;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.core.NestedExceptionUtils;

/**
 * Tells in a line each when a listener begins to fail, once a minute that it still does, and when it no longer does;
 * the container tries a batch again without a word.
 */
final class FailureLog implements MethodInterceptor {

    private static final Logger log = LoggerFactory.getLogger(FailureLog.class);
    private static final Duration EVERY = Duration.ofMinutes(1);

    /** By the thread of each consumer; they fail by themselves. */
    private final Map<Thread, Failing> failing = new ConcurrentHashMap<>();

    @Override
    public @Nullable Object invoke(MethodInvocation batch) throws Throwable {
        try {
            Object result = batch.proceed();
            succeeded();
            return result;
        } catch (Exception e) {
            failed(e);
            throw e;
        }
    }

    private void succeeded() {
        Failing before = failing.remove(Thread.currentThread());
        if (before != null) {
            log.info("Batches are taken again, after {} failed tries since {}", before.tries(), before.since());
        }
    }

    private void failed(Exception e) {
        Instant now = Instant.now();
        Failing before = failing.get(Thread.currentThread());
        Failing after = before == null ? new Failing(1, now, now) : before.again();
        if (before == null || !now.isBefore(before.told().plus(EVERY))) {
            log.warn(
                    "A batch fails and is tried until it does not, {} times since {}: {}",
                    after.tries(),
                    after.since(),
                    NestedExceptionUtils.getMostSpecificCause(e).toString());
            after = after.told(now);
        }
        failing.put(Thread.currentThread(), after);
    }

    private record Failing(int tries, Instant since, Instant told) {

        Failing again() {
            return new Failing(tries + 1, since, told);
        }

        Failing told(Instant now) {
            return new Failing(tries, since, now);
        }
    }
}
