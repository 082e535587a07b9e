package broadsheet.web.audit;

import java.time.Duration;
import java.util.function.LongSupplier;

/** So many entries in a period. */
final class EntryLimit {

    private final int max;
    private final long periodNanos;
    private final LongSupplier nanoTime;
    private long periodStart;
    private int entries;

    EntryLimit(int max, Duration period, LongSupplier nanoTime) {
        this.max = max;
        this.periodNanos = period.toNanos();
        this.nanoTime = nanoTime;
        this.periodStart = nanoTime.getAsLong();
    }

    synchronized boolean allows() {
        long now = nanoTime.getAsLong();
        if (now - periodStart >= periodNanos) {
            periodStart = now;
            entries = 0;
        }
        if (entries < max) {
            entries++;
            return true;
        }
        return false;
    }
}
