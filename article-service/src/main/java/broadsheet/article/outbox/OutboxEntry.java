package broadsheet.article.outbox;

import java.time.Instant;

/** An event that its article's document holds until Kafka has acknowledged it; entries are in the order to send. */
public record OutboxEntry(String eventId, String type, Instant time, String payload) {}
