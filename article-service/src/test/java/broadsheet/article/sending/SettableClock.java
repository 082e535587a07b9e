package broadsheet.article.sending;

import java.time.Instant;
import java.time.InstantSource;

/** Stands still until it is set. */
final class SettableClock implements InstantSource {

    private volatile Instant now;

    SettableClock(Instant now) {
        this.now = now;
    }

    void set(Instant instant) {
        now = instant;
    }

    @Override
    public Instant instant() {
        return now;
    }
}
