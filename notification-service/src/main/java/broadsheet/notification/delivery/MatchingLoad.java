package broadsheet.notification.delivery;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Mono;

/** Tells whether this instance is finding out who is told of events, and for how long it has without a pause. */
@Component
public class MatchingLoad {

    private static final Duration PAUSE = Duration.ofSeconds(1);

    private final InstantSource clock;
    private Instant since = Instant.EPOCH;
    private Instant ended = Instant.EPOCH;
    private boolean busy;

    public MatchingLoad(InstantSource clock) {
        this.clock = clock;
    }

    public Mono<Void> during(Mono<Void> matching) {
        return Mono.fromRunnable(this::begin)
                .then(matching)
                .doOnTerminate(this::end) // before those who wait for it go on
                .doOnCancel(this::end);
    }

    private synchronized void begin() {
        Instant now = clock.instant();
        if (now.isAfter(ended.plus(PAUSE))) {
            since = now;
        }
        busy = true;
    }

    private synchronized void end() {
        ended = clock.instant();
        busy = false;
    }

    /** False where nothing is being matched, or for longer than this without a pause. */
    public synchronized boolean isBusyForLessThan(Duration time) {
        return busy && since.plus(time).isAfter(clock.instant());
    }
}
