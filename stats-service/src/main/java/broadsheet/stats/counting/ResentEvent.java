package broadsheet.stats.counting;

import static java.nio.charset.StandardCharsets.UTF_8;

import broadsheet.events.ArticleViewed;
import broadsheet.events.Envelope;
import broadsheet.events.EventCodec;
import broadsheet.events.UnreadableEventException;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.Optional;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.Header;
import org.jspecify.annotations.Nullable;

/**
 * An event that was sent before without an answer, as its record says, so that it may stand in the log twice.
 *
 * @param offset of the record that says so
 * @param lastAttempt when it was sent the last time before; the end of time where the record does not tell
 */
record ResentEvent(String id, long offset, Instant receivedAt, Instant lastAttempt) {

    private static final String SPOOLED = "ce_spooled";
    private static final String LAST_ATTEMPT = "ce_lastattempt";

    static boolean isResent(ConsumerRecord<?, ?> record) {
        return record.headers().lastHeader(LAST_ATTEMPT) != null;
    }

    /** Whether the record was kept in a spool, so that it may stand in the log long after its timestamp. */
    static boolean isSpooled(ConsumerRecord<?, ?> record) {
        return record.headers().lastHeader(SPOOLED) != null;
    }

    static @Nullable String id(ConsumerRecord<?, ?> record) {
        return text(record, "ce_id");
    }

    /** Empty where the record holds none, or no view. */
    static Optional<ResentEvent> of(ConsumerRecord<String, byte[]> record) {
        if (!isResent(record)) {
            return Optional.empty();
        }
        try {
            Envelope<?> event = EventCodec.decode(record);
            return event.event() instanceof ArticleViewed view
                    ? Optional.of(new ResentEvent(event.id(), record.offset(), view.receivedAt(), lastAttempt(record)))
                    : Optional.empty();
        } catch (UnreadableEventException e) {
            return Optional.empty();
        }
    }

    private static Instant lastAttempt(ConsumerRecord<?, ?> record) {
        String time = text(record, LAST_ATTEMPT);
        try {
            return time == null ? Instant.MAX : Instant.parse(time);
        } catch (DateTimeParseException e) {
            return Instant.MAX;
        }
    }

    private static @Nullable String text(ConsumerRecord<?, ?> record, String name) {
        Header header = record.headers().lastHeader(name);
        return header == null || header.value() == null ? null : new String(header.value(), UTF_8);
    }
}
