package broadsheet.kafka;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;

/** Logs an outage once it has lasted longer than is tolerated, a line a minute while it lasts, and its end. */
public final class OutageLog {

    private static final Duration EVERY = Duration.ofMinutes(1);

    private final Logger log;
    private final InstantSource clock;
    private final Duration tolerated;
    private volatile @Nullable Instant nextLine;
    private boolean logged;

    public OutageLog(Logger log, InstantSource clock) {
        this(log, clock, Duration.ZERO);
    }

    /** @param tolerated how long it may last without a line, as while topics are being created at a first start */
    public OutageLog(Logger log, InstantSource clock, Duration tolerated) {
        this.log = log;
        this.clock = clock;
        this.tolerated = tolerated;
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
        Instant due = nextLine == null ? now.plus(tolerated) : nextLine;
        boolean isDue = !now.isBefore(due);
        nextLine = isDue ? now.plus(EVERY) : due;
        if (isDue) {
            logged = true;
            log.warn(message, arguments);
        }
    }

    /** Nothing is logged where no outage was. */
    public void recovered(String message) {
        if (nextLine != null) {
            end(message);
        }
    }

    private synchronized void end(String message) {
        nextLine = null;
        if (logged) {
            logged = false;
            log.info(message);
        }
    }
}
