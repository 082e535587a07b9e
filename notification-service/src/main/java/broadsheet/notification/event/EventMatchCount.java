package broadsheet.notification.event;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * That an event happened, and to how many it is told.
 *
 * @param deliveries none while those who are to be told are being looked for
 */
public record EventMatchCount(
        String id, EventKind kind, Instant time, @Nullable Long deliveries) {}
