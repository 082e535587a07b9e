package broadsheet.article.account;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import org.springframework.stereotype.Component;

/**
 * How often a username failed to sign in from an address: after the free failures each further one doubles the time
 * that must pass before the next try, from a second to a minute. Kept in memory, for 15 minutes, of 10,000 at most.
 */
@Component
class SignInFailures {

    private static final Duration FORGOTTEN_AFTER = Duration.ofMinutes(15);
    private static final int MAX_REMEMBERED = 10_000;
    private static final int MAX_DOUBLINGS = 6;

    private final Cache<String, Failures> failures = Caffeine.newBuilder()
            .expireAfterWrite(FORGOTTEN_AFTER)
            .maximumSize(MAX_REMEMBERED)
            .build();
    private final AccountProperties properties;
    private final InstantSource clock;

    SignInFailures(AccountProperties properties, InstantSource clock) {
        this.properties = properties;
        this.clock = clock;
    }

    /** How long one still has to wait; zero where one need not. */
    Duration wait(String who) {
        Failures known = failures.getIfPresent(who);
        if (known == null || known.count < properties.freeFailures()) {
            return Duration.ZERO;
        }
        int doublings = Math.min(known.count - properties.freeFailures(), MAX_DOUBLINGS);
        Instant next = known.last.plusSeconds(1L << doublings);
        Duration left = Duration.between(clock.instant(), next);
        return left.isNegative() ? Duration.ZERO : left;
    }

    void failed(String who) {
        failures.asMap()
                .merge(who, new Failures(1, clock.instant()), (known, one) -> new Failures(known.count + 1, one.last));
    }

    void succeeded(String who) {
        failures.invalidate(who);
    }

    /** How many are remembered, after those too many are dropped. */
    long remembered() {
        failures.cleanUp();
        return failures.estimatedSize();
    }

    private record Failures(int count, Instant last) {}
}
