package broadsheet.notification.channel;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** What became of an attempt to send a message. Each carries the receiver's status where it gave one: of HTTP or SMTP. */
public sealed interface DeliveryOutcome {

    @Nullable Integer status();

    /** What went wrong; none where it was delivered. */
    @Nullable String detail();

    record Delivered(@Nullable Integer status) implements DeliveryOutcome {

        @Override
        public @Nullable String detail() {
            return null;
        }
    }

    /**
     * Not delivered, but it may be at the next try.
     *
     * @param retryAfter how long the receiver asks to wait; none where it does not
     */
    record Failed(
            @Nullable Integer status,
            String detail,
            @Nullable Duration retryAfter) implements DeliveryOutcome {}

    /** The receiver wants nothing any more, or does not exist: the subscription is disabled. */
    record Refused(@Nullable Integer status, String detail) implements DeliveryOutcome {}
}
