package broadsheet.stats.live;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import reactor.core.Disposable;
import reactor.core.publisher.Mono;

/** The whole seconds of the clock, so that what one instance does then is done when another one asks a moment later. */
final class WholeSeconds {

    private static final Logger log = LoggerFactory.getLogger(WholeSeconds.class);
    private static final long SECOND = 1_000;

    private WholeSeconds() {}

    /** Does the work each second, that time after its beginning, until it is disposed; late work leaves a second out. */
    static Disposable each(Duration afterBeginning, InstantSource clock, Supplier<Mono<Void>> work) {
        return Mono.defer(() -> Mono.delay(untilNext(clock.instant(), afterBeginning)))
                .repeat()
                .concatMap(
                        second -> Mono.defer(work).onErrorResume(e -> {
                            log.warn("Failed, and is tried in a second: {}", e.toString());
                            return Mono.empty();
                        }),
                        0)
                .subscribe();
    }

    /** To the next one; a timer that came a little early has come for the one that it is close to. */
    static Duration untilNext(Instant now, Duration afterBeginning) {
        long past = now.toEpochMilli() - afterBeginning.toMillis();
        long next = Math.floorDiv(past + SECOND / 2, SECOND) * SECOND + SECOND;
        return Duration.ofMillis(next - past);
    }
}
