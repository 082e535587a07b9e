package broadsheet.web.cache;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Says for each surrogate key when it was dropped last, in numbers that only grow. An answer is valid while none of its
 * keys was dropped since the request for it began: so a refresh that read the store before a change cannot put the old
 * answer back. Keys that no answer depends on are forgotten a while after their drop, when no request from before it can
 * still be under way.
 */
final class SurrogateKeys {

    private static final Duration LONGER_THAN_ANY_FETCH = Duration.ofMinutes(2);

    private final AtomicLong drops = new AtomicLong();
    private final Cache<String, LastDrop> used =
            Caffeine.newBuilder().weakValues().build();
    private final Cache<String, LastDrop> dropped =
            Caffeine.newBuilder().expireAfterWrite(LONGER_THAN_ANY_FETCH).build();

    /** The moment at which a request to the origin begins. */
    long now() {
        return drops.get();
    }

    void drop(String key) {
        LastDrop last = lastDrop(key);
        dropped.put(key, last); // held on to, for requests under way that will depend on it
        long drop = drops.incrementAndGet();
        last.at.accumulateAndGet(drop, Math::max);
    }

    /** What an answer holds to know whether it is still valid. */
    List<LastDrop> lastDrops(List<String> keys) {
        return keys.stream().map(this::lastDrop).toList();
    }

    private LastDrop lastDrop(String key) {
        return used.get(key, absent -> new LastDrop());
    }

    static final class LastDrop {

        private final AtomicLong at = new AtomicLong();

        boolean isAfter(long moment) {
            return at.get() > moment;
        }
    }
}
