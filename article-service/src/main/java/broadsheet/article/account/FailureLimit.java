package broadsheet.article.account;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import java.time.Duration;
import java.time.Instant;

/**
 * Failures by key, such as a username: beyond the free ones each doubles the time until the next try, up to a minute. A failure is forgotten whenever the window's part for it has passed. Kept in memory, of 10,000 keys at most;
 * not for several threads at a time.
 */
final class FailureLimit {

    private static final Duration MAX_WAIT = Duration.ofMinutes(1);
    private static final int MAX_KEYS = 10_000;

    private final int free;
    private final Duration forgottenEvery;
    private final Duration firstWait;
    private final Cache<String, Failures> failures;

    FailureLimit(int free, Duration window, Duration firstWait) {
        this.free = free;
        this.firstWait = firstWait;
        this.forgottenEvery = window.dividedBy(free);
        this.failures = Caffeine.newBuilder()
                .maximumSize(MAX_KEYS)
                .expireAfterWrite(window.plus(MAX_WAIT))
                .build();
    }

    /** How long one still has to wait; zero where one need not. */
    Duration wait(String key, Instant now) {
        Failures known = failures.getIfPresent(key);
        return known == null || !known.nextTry.isAfter(now) ? Duration.ZERO : Duration.between(now, known.nextTry);
    }

    void count(String key, Instant now) {
        Failures known = known(key, now);
        int count = known.count + 1;
        failures.put(key, new Failures(count, known.since, now.plus(pause(count))));
    }

    /** One that was counted and was none. */
    void uncount(String key, Instant now) {
        Failures known = known(key, now);
        int count = Math.max(0, known.count - 1);
        failures.put(key, new Failures(count, known.since, count < free ? now : known.nextTry));
    }

    void forget(String key) {
        failures.invalidate(key);
    }

    /** How many keys are remembered, after those too many are dropped. */
    long remembered() {
        failures.cleanUp();
        return failures.estimatedSize();
    }

    private Failures known(String key, Instant now) {
        Failures known = failures.getIfPresent(key);
        if (known == null) {
            return new Failures(0, now, now);
        }
        long forgotten =
                Math.min(known.count, Duration.between(known.since, now).dividedBy(forgottenEvery));
        return forgotten == known.count
                ? new Failures(0, now, known.nextTry)
                : new Failures(
                        (int) (known.count - forgotten),
                        known.since.plus(forgottenEvery.multipliedBy(forgotten)),
                        known.nextTry);
    }

    private Duration pause(int count) {
        if (count < free) {
            return Duration.ZERO;
        }
        Duration doubled = firstWait.multipliedBy(1L << Math.min(count - free, 6));
        return doubled.compareTo(MAX_WAIT) > 0 ? MAX_WAIT : doubled;
    }

    /** @param since from when on the counted ones are being forgotten */
    private record Failures(int count, Instant since, Instant nextTry) {}
}
