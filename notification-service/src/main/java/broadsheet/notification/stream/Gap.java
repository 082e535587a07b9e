package broadsheet.notification.stream;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.time.Instant;

/**
 * Something may be missing.
 *
 * @param since nothing is missing before this time
 */
record Gap(Instant since, Reason reason) {

    enum Reason {
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
