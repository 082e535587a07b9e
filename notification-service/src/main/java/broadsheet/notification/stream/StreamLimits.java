package broadsheet.notification.stream;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;

/** Counts open streams and refuses what is more than an instance or an address may have. */
final class StreamLimits {

    private final int overall;
    private final int perAddress;
    private final AtomicInteger open = new AtomicInteger();
    private final Map<String, Integer> byAddress = new ConcurrentHashMap<>();

    StreamLimits(int overall, int perAddress) {
        this.overall = overall;
        this.perAddress = perAddress;
    }

    int open() {
        return open.get();
    }

    /** @throws TooManyStreamsException where there is no place for one more */
    void check(String address) {
        if (open.get() >= overall) {
            throw TooManyStreamsException.overall();
        }
        if (byAddress.getOrDefault(address, 0) >= perAddress) {
            throw TooManyStreamsException.fromOneAddress();
        }
    }

    /**
     * Takes a place until it is released.
     *
     * @throws TooManyStreamsException where others were quicker
     */
    Slot acquire(String address) {
        if (open.incrementAndGet() > overall) {
            open.decrementAndGet();
            throw TooManyStreamsException.overall();
        }
        if (byAddress.merge(address, 1, Integer::sum) > perAddress) {
            release(address);
            throw TooManyStreamsException.fromOneAddress();
        }
        return new Slot(this, address, new AtomicBoolean());
    }

    private void release(String address) {
        byAddress.computeIfPresent(address, (same, count) -> count == 1 ? null : count - 1);
        open.decrementAndGet();
    }

    /** A place among the open streams. */
    record Slot(StreamLimits limits, String address, AtomicBoolean released) {

        void release() {
            if (released.compareAndSet(false, true)) {
                limits.release(address);
            }
        }
    }
}
