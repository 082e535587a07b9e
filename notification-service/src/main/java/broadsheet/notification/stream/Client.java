package broadsheet.notification.stream;

import broadsheet.notification.stream.RecentNotifications.Replay;
import java.util.concurrent.ArrayBlockingQueue;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;
import reactor.core.scheduler.Scheduler;

/** A client's own bounded queue: what it does not take in time ends its stream, and nobody waits for it. */
final class Client {

    private final Sinks.Many<Signal> queue;
    private final Sinks.One<Signal> last = Sinks.one();
    private final Replay replay;

    Client(int capacity, Replay replay) {
        this.queue = Sinks.many().unicast().onBackpressureBuffer(new ArrayBlockingQueue<>(capacity));
        this.replay = replay;
    }

    Replay replay() {
        return replay;
    }

    /** Never waits; false where the client has gone or is too slow. */
    boolean tell(Signal signal) {
        Sinks.EmitResult result = queue.tryEmitNext(signal);
        if (result == Sinks.EmitResult.FAIL_OVERFLOW) {
            end(new Signal.Overflow());
        }
        return result.isSuccess();
    }

    /** What is queued still goes out, then the signal. */
    void end(Signal signal) {
        last.tryEmitValue(signal);
        queue.tryEmitComplete();
    }

    /** What is kept, then what happens, then how it ended; a slow client must not use up the thread that tells. */
    Flux<Signal> signals(Scheduler scheduler) {
        return Flux.concat(Flux.fromIterable(replay.kept()), queue.asFlux().publishOn(scheduler, 16), last.asMono());
    }

    Mono<Signal> ended() {
        return last.asMono();
    }
}
