package broadsheet.notification.stream;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;

import broadsheet.notification.event.EventReader;
import broadsheet.notification.event.HistoryGap;
import broadsheet.notification.event.PublicEvent;
import broadsheet.notification.event.ResumePoint;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import java.time.Duration;
import java.time.Instant;
import org.springframework.stereotype.Component;
import tools.jackson.databind.json.JsonMapper;

/**
 * Server-sent events as bytes, each framed as a chunk (RFC 9112, 7.1). An event without data moves a client's last id and
 * shows it nothing (HTML, 9.2.6), so a heartbeat carries one: a narrow filter does not make the id grow old.
 */
@Component
class StreamFrames {

    private static final int CHUNK_EXTRA = 12; // the size in hexadecimal and two line ends

    private final JsonMapper json;
    private final SharedFrames events = new SharedFrames();

    StreamFrames(JsonMapper json) {
        this.json = json;
    }

    /** What a client gets first: an id that it can resume from although nothing has happened yet. */
    ByteBuf hello(ResumePoint from, Duration retry) {
        return chunk("id:" + from.encode() + "\nevent:hello\nretry:" + retry.toMillis() + "\ndata:{}\n\n");
    }

    /** @param catchUp where what is still kept of what the client misses can be asked for */
    ByteBuf gap(HistoryGap gap, ResumePoint from, String catchUp) {
        String data = json.writeValueAsString(new StreamGap(gap.since(), gap.reason(), catchUp));
        return chunk("id:" + from.encode() + "\nevent:gap\ndata:" + data + "\n\n");
    }

    ByteBuf heartbeat(ResumePoint at) {
        return chunk("id:" + at.encode() + "\n:heartbeat\n\n");
    }

    /** The event with the reader's id behind it; the same bytes for all readers that are at the same place. */
    ByteBuf event(PublicEvent event, EventReader reader) {
        return events.get(
                event,
                reader.offsets(),
                () -> chunk("id:" + reader.resumePoint().encode() + "\nevent:"
                        + event.notification().type() + "\ndata:" + event.json() + "\n\n"));
    }

    /** The same frame for a connection that frames it itself. */
    static ByteBuf withoutChunk(ByteBuf frame) {
        int content = frame.indexOf(frame.readerIndex(), frame.writerIndex(), (byte) '\n') + 1;
        return frame.setIndex(content, frame.writerIndex() - 2);
    }

    private static ByteBuf chunk(String text) {
        byte[] bytes = text.getBytes(UTF_8);
        return ByteBufAllocator.DEFAULT
                .directBuffer(bytes.length + CHUNK_EXTRA)
                .writeBytes((Integer.toHexString(bytes.length) + "\r\n").getBytes(US_ASCII))
                .writeBytes(bytes)
                .writeBytes(new byte[] {'\r', '\n'});
    }

    private record StreamGap(Instant since, HistoryGap.Reason reason, String catchUp) {}
}
