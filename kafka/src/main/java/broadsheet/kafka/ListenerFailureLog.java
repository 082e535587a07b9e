package broadsheet.kafka;

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
 * the container tries a batch again without a word. A success right after a failure says nothing: it may only have
 * found the place to go on from.
 */
final class ListenerFailureLog implements MethodInterceptor {

    private static final Logger log = LoggerFactory.getLogger(ListenerFailureLog.class);
    private static final Duration EVERY = Duration.ofMinutes(1);
    private static final Duration SOUND_AFTER = Duration.ofSeconds(5);

    /** By the thread of each consumer; they fail by themselves. */
    private final Map<Thread, Failing> failing = new ConcurrentHashMap<>();

    @Override
    public @Nullable Object invoke(MethodInvocation batch) throws Throwable {
        try {
            Object result = batch.proceed();
            succeeded(Instant.now());
            return result;
        } catch (Exception e) {
            failed(e, Instant.now());
            throw e;
        }
    }

    private void succeeded(Instant now) {
        Failing before = failing.get(Thread.currentThread());
        if (before != null && now.isAfter(before.last().plus(SOUND_AFTER))) {
            failing.remove(Thread.currentThread());
            log.info(
                    "Batches are taken again; {} tries failed from {} to {}",
                    before.tries(),
                    before.since(),
                    before.last());
        }
    }

    private void failed(Exception e, Instant now) {
        Failing before = failing.get(Thread.currentThread());
        boolean tell = before == null || now.isAfter(before.told().plus(EVERY));
        Failing after = before == null ? new Failing(1, now, now, now) : before.again(now, tell);
        failing.put(Thread.currentThread(), after);
        if (tell) {
            log.warn(
                    "A batch cannot be taken and is tried until it can; tries that failed since {}: {}; why: {}",
                    after.since(),
                    after.tries(),
                    NestedExceptionUtils.getMostSpecificCause(e).toString());
        }
    }

    private record Failing(int tries, Instant since, Instant last, Instant told) {

        Failing again(Instant now, boolean tell) {
            return new Failing(tries + 1, since, now, tell ? now : told);
        }
    }
}
