package broadsheet.web;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;

/** Says of what happens to many requests at once when to log it again: at most once in a while. */
final class Reminder {

    private final long everyNanos;
    private final AtomicLong last;

    Reminder(Duration every) {
        this.everyNanos = every.toNanos();
        this.last = new AtomicLong(System.nanoTime() - everyNanos);
    }

    boolean isDue() {
        long before = last.get();
        long now = System.nanoTime();
        return now - before >= everyNanos && last.compareAndSet(before, now);
    }
}
