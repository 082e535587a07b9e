package broadsheet.stats.deadletter;

import static java.nio.charset.StandardCharsets.UTF_8;

import broadsheet.stats.kafka.DeadLetters;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.Optional;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.Header;
import org.jspecify.annotations.Nullable;

/** A record of a dead-letter topic, and through it the record that could not be read. */
record DeadLetter(ConsumerRecord<String, byte[]> record) {

    /** Where the letter itself stands. */
    long offset() {
        return record.offset();
    }

    /** The place of the record that could not be read. */
    Optional<OriginalPlace> original() {
        try {
            String topic = header(DeadLetters.TOPIC);
            return topic == null
                    ? Optional.empty()
                    : Optional.of(new OriginalPlace(
                            topic,
                            Integer.parseInt(String.valueOf(header(DeadLetters.PARTITION))),
                            Long.parseLong(String.valueOf(header(DeadLetters.OFFSET)))));
        } catch (NumberFormatException e) {
            return Optional.empty();
        }
    }

    record OriginalPlace(String topic, int partition, long offset) {}

    /** Why it could not be read then. */
    @Nullable String reason() {
        return header(DeadLetters.REASON);
    }

    @Nullable String eventId() {
        return header("ce_id");
    }

    @Nullable String eventType() {
        return header("ce_type");
    }

    Instant writtenAt() {
        return Instant.ofEpochMilli(Math.max(0, record.timestamp()));
    }

    /** When it was kept; when it was written, where an earlier release kept it. */
    Instant keptAt() {
        String time = header(DeadLetters.KEPT_AT);
        try {
            return time == null ? writtenAt() : Instant.parse(time);
        } catch (DateTimeException e) {
            return writtenAt();
        }
    }

    /** Whether only a part of it was kept. */
    boolean isTruncated() {
        return record.headers().lastHeader(DeadLetters.TRUNCATED_FROM) != null;
    }

    /** The same for each letter of one record: it is kept again where it is redelivered. */
    String id() {
        return original()
                        .map(place -> place.topic() + "-" + place.partition() + "@" + place.offset())
                        .orElse(record.topic() + "@" + record.offset())
                + "/" + record.timestamp() + "/" + eventId();
    }

    private @Nullable String header(String name) {
        Header header = record.headers().lastHeader(name);
        return header == null || header.value() == null ? null : new String(header.value(), UTF_8);
    }
}
