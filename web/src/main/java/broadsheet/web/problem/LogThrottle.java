package broadsheet.web.problem;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;

/** Says of what happens to many requests at once when to log it again: at most once in a while. */
public final class LogThrottle {

    private final long everyNanos;
    private final AtomicLong last;

    public LogThrottle(Duration every) {
        this.everyNanos = every.toNanos();
        this.last = new AtomicLong(System.nanoTime() - everyNanos);
    }

    public boolean isDue() {
        long before = last.get();
        long now = System.nanoTime();
        return now - before >= everyNanos && last.compareAndSet(before, now);
    }
}
