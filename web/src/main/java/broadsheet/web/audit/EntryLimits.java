package broadsheet.web.audit;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;

/** The entries of one kind: so many of each source, of 1,000 sources that are remembered, and so many in all. */
final class EntryLimits {

    private static final Duration PERIOD = Duration.ofSeconds(10);
    private static final int MAX_OF_SOURCE = 30;
    private static final int MAX_OF_ALL = 100;
    private static final int MAX_SOURCES = 1_000;

    private final LongSupplier nanoTime;
    private final EntryLimit all;
    private final Cache<String, EntryLimit> sources =
            Caffeine.newBuilder().maximumSize(MAX_SOURCES).build();
    private final AtomicLong leftOut = new AtomicLong();

    EntryLimits(LongSupplier nanoTime) {
        this.nanoTime = nanoTime;
        this.all = new EntryLimit(MAX_OF_ALL, PERIOD, nanoTime);
    }

    boolean allow(String source) {
        EntryLimit ofSource = sources.get(source, first -> new EntryLimit(MAX_OF_SOURCE, PERIOD, nanoTime));
        boolean allowed = ofSource.allows() && all.allows();
        if (!allowed) {
            leftOut.incrementAndGet();
        }
        return allowed;
    }

    /** How many were not allowed since this was asked last. */
    long leftOut() {
        return leftOut.getAndSet(0);
    }

    /** How many sources are remembered, after those too many are dropped. */
    long remembered() {
        sources.cleanUp();
        return sources.estimatedSize();
    }
}
