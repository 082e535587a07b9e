package broadsheet.notification.delivery.sending;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/** When a failed message is tried again: after the waits that Standard Webhooks recommends, then no more. */
final class RetrySchedule {

    private static final List<Duration> WAITS = List.of(
            Duration.ofSeconds(5),
            Duration.ofMinutes(5),
            Duration.ofMinutes(30),
            Duration.ofHours(2),
            Duration.ofHours(5),
            Duration.ofHours(10),
            Duration.ofHours(10));

    private static final Duration MAX_RETRY_AFTER = Duration.ofHours(24);

    private RetrySchedule() {}

    /**
     * When to try again after so many attempts; none after the last.
     *
     * @param retryAfter how long the receiver asks to wait at least
     * @param random spreads by up to a tenth what failed together
     */
    static Optional<Instant> next(int attempts, @Nullable Duration retryAfter, Instant now, RandomGenerator random) {
        if (attempts > WAITS.size()) {
            return Optional.empty();
        }
        Duration wait = WAITS.get(attempts - 1);
        if (retryAfter != null && retryAfter.compareTo(wait) > 0) {
            wait = retryAfter.compareTo(MAX_RETRY_AFTER) > 0 ? MAX_RETRY_AFTER : retryAfter;
        }
        return Optional.of(now.plus(wait).plusMillis(random.nextLong(wait.toMillis() / 10 + 1)));
    }
}
