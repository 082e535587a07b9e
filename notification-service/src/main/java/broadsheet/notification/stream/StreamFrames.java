package broadsheet.notification.stream;

import static java.nio.charset.StandardCharsets.UTF_8;

import broadsheet.notification.NotificationProperties;
import broadsheet.notification.event.EventReader;
import broadsheet.notification.event.HistoryGap;
import broadsheet.notification.event.PublicEvent;
import broadsheet.notification.event.ResumePoint;
import broadsheet.notification.event.TopicOffsets;
import java.util.concurrent.atomic.AtomicReferenceArray;
import org.springframework.stereotype.Component;
import tools.jackson.databind.json.JsonMapper;

/**
 * Server-sent events as bytes. An event without data moves a client's last id and shows it nothing (HTML, 9.2.6), so a
 * heartbeat carries one: a narrow filter does not make the id grow old. Clients that are at the same place share bytes.
 */
@Component
class StreamFrames {

    private static final int SHARED = 256; // a power of two

    private final JsonMapper json;
    private final String retry;
    private final AtomicReferenceArray<SharedFrame> events = new AtomicReferenceArray<>(SHARED);

    StreamFrames(JsonMapper json, NotificationProperties properties) {
        this.json = json;
        this.retry = "retry:" + properties.stream().retry().toMillis() + "\n";
    }

    /** What a client gets first: an id that it can resume from although nothing has happened yet. */
    byte[] hello(ResumePoint from) {
        return bytes("id:" + from.encode() + "\nevent:hello\n" + retry + "data:{}\n\n");
    }

    byte[] gap(HistoryGap gap, ResumePoint from) {
        return bytes("id:" + from.encode() + "\nevent:gap\ndata:" + json.writeValueAsString(gap) + "\n\n");
    }

    byte[] heartbeat(ResumePoint at) {
        return bytes("id:" + at.encode() + "\n:heartbeat\n\n");
    }

    /** The event with the reader's id behind it; the same array for all readers that are at the same place. */
    @SuppressWarnings("ReferenceEquality") // the same objects, not equal ones: comparing is as cheap as can be
    byte[] event(PublicEvent event, EventReader reader) {
        int slot = event.notification().id().hashCode() & (SHARED - 1);
        SharedFrame known = events.get(slot);
        if (known != null && known.event() == event && known.offsets() == reader.offsets()) {
            return known.bytes();
        }
        byte[] bytes = bytes("id:" + reader.resumePoint().encode() + "\nevent:"
                + event.notification().type() + "\ndata:" + event.json() + "\n\n");
        events.set(slot, new SharedFrame(event, reader.offsets(), bytes));
        return bytes;
    }

    private static byte[] bytes(String frame) {
        return frame.getBytes(UTF_8);
    }

    @SuppressWarnings("ArrayRecordComponent") // never compared, never changed
    private record SharedFrame(PublicEvent event, TopicOffsets offsets, byte[] bytes) {}
}
