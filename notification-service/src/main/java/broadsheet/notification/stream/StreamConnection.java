package broadsheet.notification.stream;

import broadsheet.notification.NotificationProperties;
import broadsheet.notification.event.EventHistory;
import broadsheet.notification.event.EventReader;
import broadsheet.notification.event.HistoryGap;
import broadsheet.notification.event.PublicEvent;
import broadsheet.notification.event.ResumePoint;
import io.netty.buffer.ByteBuf;
import java.time.Duration;
import java.time.Instant;
import java.util.Objects;
import java.util.concurrent.ThreadLocalRandom;
import org.jspecify.annotations.Nullable;

/**
 * One client's stream: {@code hello} with an id to resume from, what it missed, what happens, and a heartbeat that moves
 * its id along. It takes events from the history when the client can take them and queues none; a client that falls too
 * far behind gets a {@code gap} and its stream ends, as does one that has lasted long enough. Not thread-safe.
 */
final class StreamConnection {

    /** How long an instance may be behind the one that gave the id. */
    private static final Duration MAX_INSTANCE_LAG = Duration.ofSeconds(2);

    private final EventHistory history;
    private final StreamFrames frames;
    private final NotificationProperties.Stream settings;
    private final StreamRequest request;
    private final StreamOutput output;
    private final Instant opened;

    private @Nullable ResumePoint last;
    private @Nullable EventReader reader;
    private boolean greeted;
    private boolean gapSent;
    private boolean overflowed;
    private boolean ended;
    private Instant heartbeatAt;
    private Instant endAt;
    private @Nullable Instant endingSince;

    StreamConnection(
            EventHistory history,
            StreamFrames frames,
            NotificationProperties.Stream settings,
            StreamRequest request,
            StreamOutput output,
            Instant now) {
        this.history = history;
        this.frames = frames;
        this.settings = settings;
        this.request = request;
        this.output = output;
        this.last = request.last();
        this.opened = now;
        this.heartbeatAt = now.plus(upTo(settings.heartbeat())); // so that not all are due at once
        this.endAt = now.plus(settings.lifetime().minus(upTo(settings.lifetime().dividedBy(4))));
    }

    /** Ends the stream within that time; the client then resumes. */
    void endWithin(Instant now, Duration time) {
        endAt = now.plus(upTo(time));
    }

    /** Sends what there is, as much as the client takes. */
    void send(Instant now, StreamMetrics metrics) {
        boolean written = false;
        while (!ended && output.isWritable()) {
            ByteBuf frame = nextFrame(now);
            if (frame == null) {
                break;
            }
            output.write(frame);
            written = true;
        }
        if (ended) {
            return;
        }
        if (written) {
            output.flush();
        }
        if (!overflowed && reader != null && reader.isBehindBy(settings.maxBehind()) && !output.isWritable()) {
            overflowed = true;
            metrics.overflows().increment();
        }
        if (endingSince == null && isEnding(now)) {
            endingSince = now;
        }
        if (endingSince != null && now.isAfter(endingSince.plus(settings.cutOffAfter()))) {
            metrics.cutOffs().increment();
            cutOff();
        }
    }

    /** Ends the connection at once; the client then resumes. */
    void cutOff() {
        ended = true;
        output.cutOff();
    }

    private boolean isEnding(Instant now) {
        return overflowed || !now.isBefore(endAt) || (reader != null && reader.isInterrupted());
    }

    /** None where there is nothing to send now, or nothing any more. */
    private @Nullable ByteBuf nextFrame(Instant now) {
        if (!greeted) {
            return hello(now);
        }
        EventReader joined = join(now);
        if (joined != null) {
            HistoryGap gap = joined.gap();
            if (gap != null && !gapSent) {
                gapSent = true;
                return gap(gap, joined, new ResumePoint.AtMoment(gap.since()));
            }
            if (overflowed) {
                return overflow(joined);
            }
        }
        if (isEnding(now)) {
            return end();
        }
        PublicEvent event = joined == null ? null : joined.poll();
        if (event != null && joined != null) {
            return frames.event(event, joined);
        }
        if (joined != null && joined.isBehindBy(Integer.MAX_VALUE)) { // what comes next is not kept any more
            return overflow(joined);
        }
        return heartbeat(now);
    }

    private ByteBuf hello(Instant now) {
        greeted = true;
        if (last == null && history.isOpen()) {
            reader = history.resume(null, request.filter());
        } else if (last == null) {
            last = new ResumePoint.AtMoment(now);
        }
        ResumePoint from = reader == null ? last : reader.resumePoint();
        Duration retry = settings.retry().plus(upTo(settings.retry())); // so that not all come back at once
        return frames.hello(Objects.requireNonNull(from), retry);
    }

    /** None while Kafka has not been read, or not as far as by the instance that gave the id. */
    private @Nullable EventReader join(Instant now) {
        if (reader == null
                && last != null
                && history.isOpen()
                && (history.hasReached(last) || now.isAfter(opened.plus(MAX_INSTANCE_LAG)))) {
            reader = history.resume(last, request.filter());
        }
        return reader;
    }

    private @Nullable ByteBuf heartbeat(Instant now) {
        if (now.isBefore(heartbeatAt)) {
            return null;
        }
        heartbeatAt = now.plus(settings.heartbeat());
        ResumePoint point = reader == null ? last : reader.resumePoint();
        return point == null ? null : frames.heartbeat(point);
    }

    private @Nullable ByteBuf overflow(EventReader joined) {
        ResumePoint point = joined.resumePoint();
        output.write(gap(new HistoryGap(point.asOf(), HistoryGap.Reason.OVERFLOW), joined, point));
        return end();
    }

    private ByteBuf gap(HistoryGap gap, EventReader joined, ResumePoint from) {
        return frames.gap(gap, joined.resumePoint(), request.catchUp(from));
    }

    private @Nullable ByteBuf end() {
        ended = true;
        output.complete();
        return null;
    }

    private static Duration upTo(Duration longest) {
        return Duration.ofNanos(ThreadLocalRandom.current().nextLong(longest.toNanos() + 1));
    }
}
