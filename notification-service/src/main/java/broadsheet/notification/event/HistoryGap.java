package broadsheet.notification.event;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.time.Instant;

/**
 * Something may be missing.
 *
 * @param since nothing is missing before this time
 */
public record HistoryGap(Instant since, Reason reason) {

    /** Why something may be missing. */
    public enum Reason {
        /** What came next is no longer kept. */
        @JsonProperty("expired")
        EXPIRED,
        /** The id belongs to another topic, or to offsets that this one has lost. */
        @JsonProperty("unknown")
        UNKNOWN,
        /** The client was too slow: it connects again with its last id, and all of it comes. */
        @JsonProperty("overflow")
        OVERFLOW
    }
}
