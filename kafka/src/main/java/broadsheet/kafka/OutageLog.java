package broadsheet.kafka;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;

/** Logs an outage when it begins, a line a minute while it lasts, and its end. */
public final class OutageLog {

    private static final Duration EVERY = Duration.ofMinutes(1);

    private final Logger log;
    private final InstantSource clock;
    private volatile @Nullable Instant nextLine;

    public OutageLog(Logger log, InstantSource clock) {
        this.log = log;
        this.clock = clock;
    }

    /** The message is used where a line is due. */
    public void failed(String message, @Nullable Object... arguments) {
        Instant due = nextLine;
        if (due == null || !clock.instant().isBefore(due)) {
            warn(message, arguments);
        }
    }

    private synchronized void warn(String message, @Nullable Object... arguments) {
        Instant now = clock.instant();
        if (nextLine == null || !now.isBefore(nextLine)) {
            nextLine = now.plus(EVERY);
            log.warn(message, arguments);
        }
    }

    /** Nothing is logged where nothing had failed. */
    public void recovered(String message) {
        if (nextLine != null) {
            end(message);
        }
    }

    private synchronized void end(String message) {
        if (nextLine != null) {
            nextLine = null;
            log.info(message);
        }
    }
}
