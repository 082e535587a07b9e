package broadsheet.notification.stream;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A record of the topic.
 *
 * @param time when it was written
 * @param message none where nobody may hear of it, or where it could not be read
 */
record Received(
        int partition, long offset, Instant time, @Nullable Message message) {}
