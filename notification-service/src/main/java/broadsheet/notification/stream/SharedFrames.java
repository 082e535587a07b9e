package broadsheet.notification.stream;

import broadsheet.notification.event.PublicEvent;
import broadsheet.notification.event.TopicOffsets;
import io.netty.buffer.ByteBuf;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** The frames of the newest events: encoded once, whoever gets them. */
final class SharedFrames {

    private static final int SHARED = 64; // a power of two

    private final @Nullable SharedFrame[] frames = new SharedFrame[SHARED];

    /** A reference to the frame of that event at that place, which the caller owns. */
    @SuppressWarnings("ReferenceEquality") // the same objects, not equal ones: comparing is as cheap as can be
    synchronized ByteBuf get(PublicEvent event, TopicOffsets offsets, Supplier<ByteBuf> encoder) {
        int slot = event.notification().id().hashCode() & (SHARED - 1);
        SharedFrame known = frames[slot];
        if (known != null && known.event() == event && known.offsets() == offsets) {
            return known.bytes().retainedDuplicate();
        }
        ByteBuf bytes = encoder.get();
        frames[slot] = new SharedFrame(event, offsets, bytes);
        if (known != null) {
            known.bytes().release();
        }
        return bytes.retainedDuplicate();
    }

    private record SharedFrame(PublicEvent event, TopicOffsets offsets, ByteBuf bytes) {}
}
