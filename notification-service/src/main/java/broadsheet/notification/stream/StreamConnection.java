package broadsheet.notification.stream;

import broadsheet.notification.event.EventFilter;
import broadsheet.notification.event.EventHistory;
import broadsheet.notification.event.EventReader;
import broadsheet.notification.event.HistoryGap;
import broadsheet.notification.event.PublicEvent;
import broadsheet.notification.event.ResumePoint;
import java.io.EOFException;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.FluxSink;

/**
 * One client's stream: {@code hello} with an id to resume from, what it missed, what happens, and a heartbeat that moves
 * its id along. It takes events from the history when the client can take them and queues none; a client that falls too
 * far behind gets a {@code gap} and its stream ends.
 */
final class StreamConnection {

    /** How long an instance may be behind the one that gave the id. */
    private static final Duration MAX_INSTANCE_LAG = Duration.ofSeconds(2);

    private final EventHistory history;
    private final StreamFrames frames;
    private final EventFilter filter;
    private final FluxSink<byte[]> sink;
    private final Instant opened;
    private final AtomicInteger calls = new AtomicInteger();

    private @Nullable ResumePoint last;
    private @Nullable EventReader reader;
    private boolean greeted;
    private boolean gapSent;
    private boolean ended;
    private volatile State state = State.OPEN;
    private volatile boolean heartbeatDue;
    private volatile Instant heartbeatAt;
    private volatile @Nullable Instant endingSince;

    private enum State {
        OPEN,
        OVERFLOWED,
        CLOSING
    }

    StreamConnection(
            EventHistory history,
            StreamFrames frames,
            @Nullable ResumePoint last,
            EventFilter filter,
            FluxSink<byte[]> sink,
            Instant now,
            Instant heartbeatAt) {
        this.history = history;
        this.frames = frames;
        this.last = last;
        this.filter = filter;
        this.sink = sink;
        this.opened = now;
        this.heartbeatAt = heartbeatAt;
    }

    /** Ends the stream; the client then resumes. */
    void close() {
        state = State.CLOSING;
    }

    /** Looks at the clock: is a heartbeat due, has the client had long enough to take the end of its stream? */
    boolean isOverdue(Instant now, Duration heartbeat, Duration cutOffAfter) {
        if (!now.isBefore(heartbeatAt)) {
            heartbeatDue = true;
            heartbeatAt = now.plus(heartbeat);
        }
        Instant since = endingSince;
        return since != null && now.isAfter(since.plus(cutOffAfter));
    }

    void cutOff() {
        sink.error(new EOFException("The client has stopped reading"));
    }

    /** Sends what there is, as much as the client takes; answers whether it has just fallen too far behind. */
    boolean send(Instant now, int maxBehind) {
        boolean overflowed = false;
        if (calls.getAndIncrement() == 0) {
            int seen;
            do {
                seen = calls.get();
                overflowed |= sendOnce(now, maxBehind);
            } while (calls.addAndGet(-seen) != 0);
        }
        return overflowed;
    }

    private boolean sendOnce(Instant now, int maxBehind) {
        while (!ended && !sink.isCancelled() && sink.requestedFromDownstream() > 0) {
            byte[] frame = nextFrame(now);
            if (frame == null) {
                break;
            }
            sink.next(frame);
        }
        boolean overflows = !ended
                && state == State.OPEN
                && reader != null
                && reader.isBehindBy(maxBehind)
                && sink.requestedFromDownstream() == 0;
        if (overflows) {
            state = State.OVERFLOWED;
        }
        if (!ended && endingSince == null && isEnding()) {
            endingSince = now;
        }
        return overflows;
    }

    private boolean isEnding() {
        return state != State.OPEN || (reader != null && reader.isInterrupted());
    }

    /** None where there is nothing to send now, or nothing any more. */
    private byte @Nullable [] nextFrame(Instant now) {
        if (!greeted) {
            return hello(now);
        }
        EventReader joined = join(now);
        if (joined != null) {
            HistoryGap gap = joined.gap();
            if (gap != null && !gapSent) {
                gapSent = true;
                return frames.gap(gap, joined.resumePoint());
            }
            if (state == State.OVERFLOWED) {
                return overflow(joined);
            }
        }
        if (isEnding()) {
            return end();
        }
        PublicEvent event = joined == null ? null : joined.poll();
        if (event != null && joined != null) {
            return frames.event(event, joined);
        }
        if (joined != null && joined.isBehindBy(Integer.MAX_VALUE)) { // what comes next is not kept any more
            return overflow(joined);
        }
        return heartbeat();
    }

    private byte @Nullable [] hello(Instant now) {
        greeted = true;
        if (last == null && history.isOpen()) {
            reader = history.resume(null, filter);
            return frames.hello(reader.resumePoint());
        }
        last = last == null ? new ResumePoint.AtMoment(now) : last;
        return frames.hello(last);
    }

    /** None while Kafka has not been read, or not as far as by the instance that gave the id. */
    private @Nullable EventReader join(Instant now) {
        if (reader == null
                && last != null
                && history.isOpen()
                && (history.hasReached(last) || now.isAfter(opened.plus(MAX_INSTANCE_LAG)))) {
            reader = history.resume(last, filter);
        }
        return reader;
    }

    private byte @Nullable [] heartbeat() {
        if (!heartbeatDue) {
            return null;
        }
        heartbeatDue = false;
        ResumePoint point = reader == null ? last : reader.resumePoint();
        return point == null ? null : frames.heartbeat(point);
    }

    private byte @Nullable [] overflow(EventReader joined) {
        ResumePoint point = joined.resumePoint();
        sink.next(frames.gap(new HistoryGap(point.asOf(), HistoryGap.Reason.OVERFLOW), point));
        return end();
    }

    private byte @Nullable [] end() {
        ended = true;
        sink.complete();
        return null;
    }
}
