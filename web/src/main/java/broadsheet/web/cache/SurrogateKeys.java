package broadsheet.web.cache;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Knows for each surrogate key when it was dropped last, in numbers that only grow. An answer is valid while none of its
 * keys was dropped since the origin was asked for it, so a refresh that read the store before a change cannot put the old
 * answer back. A key that no answer depends on is forgotten once no request from before its last drop can be under way.
 */
final class SurrogateKeys {

    private final AtomicLong drops = new AtomicLong();
    private final Cache<String, LastDrop> used =
            Caffeine.newBuilder().weakValues().build();
    private final Cache<String, LastDrop> dropped;

    SurrogateKeys(Duration longestRequest) {
        this.dropped = Caffeine.newBuilder()
                .expireAfterWrite(longestRequest.multipliedBy(2))
                .build();
    }

    /** How many drops there were. */
    long drops() {
        return drops.get();
    }

    void drop(String key) {
        LastDrop last = lastDrop(key);
        dropped.put(key, last); // held for requests under way that will turn out to depend on it
        long drop = drops.incrementAndGet();
        last.number.accumulateAndGet(drop, Math::max);
    }

    /** What an answer holds to know whether it is still valid. */
    List<LastDrop> lastDrops(List<String> keys) {
        return keys.stream().map(this::lastDrop).toList();
    }

    private LastDrop lastDrop(String key) {
        return used.get(key, absent -> new LastDrop());
    }

    static final class LastDrop {

        private final AtomicLong number = new AtomicLong();

        boolean isAfter(long drops) {
            return number.get() > drops;
        }
    }
}
