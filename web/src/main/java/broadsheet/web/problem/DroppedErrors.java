package broadsheet.web.problem;

import java.time.Duration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.DisposableBean;
import reactor.core.publisher.Hooks;

/**
 * Logs errors that come when nobody waits for them any more: a line a minute, while Reactor would write a stack trace for
 * each. They come from a store that hangs, after a client has left or another part of its answer has failed.
 */
final class DroppedErrors implements DisposableBean {

    private static final Logger log = LoggerFactory.getLogger(DroppedErrors.class);

    private final LogThrottle lines;

    DroppedErrors(Duration every) {
        this.lines = new LogThrottle(every);
        Hooks.resetOnErrorDropped(); // of another context in this process
        Hooks.onErrorDropped(this::log);
    }

    private void log(Throwable e) {
        if (lines.isDue()) {
            log.warn("An error came when nobody waited for it any more: {}", e.toString());
        }
        log.debug("Dropped", e);
    }

    @Override
    public void destroy() {
        Hooks.resetOnErrorDropped();
    }
}
