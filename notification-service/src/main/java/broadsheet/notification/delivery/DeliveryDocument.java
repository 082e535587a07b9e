package broadsheet.notification.delivery;

import broadsheet.notification.delivery.Delivery.Attempt;
import broadsheet.notification.delivery.Delivery.State;
import broadsheet.notification.event.EventKind;
import broadsheet.notification.subscription.Channel;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import java.util.List;
import org.bson.Document;
import org.jspecify.annotations.Nullable;

/** A delivery as the store keeps it. What is finished has no {@code due}, so the index of what is due stays small. */
public final class DeliveryDocument {

    private DeliveryDocument() {}

    /** A new one. */
    public static Document of(Delivery delivery) {
        return withoutNulls(new Document("_id", delivery.id())
                .append("event", delivery.event())
                .append("article", delivery.article())
                .append("version", delivery.version())
                .append("kind", delivery.kind().name())
                .append("eventTime", Date.from(delivery.eventTime()))
                .append("subscription", delivery.subscription())
                .append("channel", delivery.channel().name())
                .append("host", delivery.host())
                .append("queue", QueueNames.of(delivery.channel(), delivery.subscription()))
                .append("state", delivery.state().name())
                .append("why", delivery.why())
                .append("ifTold", delivery.ifTold() ? true : null)
                .append("createdAt", Date.from(delivery.createdAt()))
                .append("due", date(delivery.due()))
                .append("attempts", List.of())
                .append("suppressed", delivery.suppressed())
                .append("finishedAt", date(delivery.finishedAt()))
                .append("traceParent", delivery.traceParent()));
    }

    public static Delivery read(Document stored) {
        return new Delivery(
                stored.getString("_id"),
                stored.getString("event"),
                stored.getString("article"),
                stored.get("version", 0L),
                EventKind.valueOf(stored.getString("kind")),
                stored.getDate("eventTime").toInstant(),
                stored.getString("subscription"),
                Channel.valueOf(stored.getString("channel")),
                stored.getString("host"),
                State.valueOf(stored.getString("state")),
                stored.getList("why", String.class),
                stored.getBoolean(DeliveryLedger.LATE, false),
                stored.getBoolean("ifTold", false),
                stored.getDate("createdAt").toInstant(),
                instant(stored, "due"),
                stored.getString("message"),
                stored.getList("attempts", Document.class).stream()
                        .map(DeliveryDocument::attempt)
                        .toList(),
                instant(stored, "finishedAt"),
                stored.getString("suppressed"),
                stored.getString("overtakenBy"),
                stored.getString("traceParent"));
    }

    public static Document of(Attempt attempt) {
        return withoutNulls(new Document("at", Date.from(attempt.at()))
                .append("millis", attempt.took().toMillis())
                .append("status", attempt.status())
                .append("detail", attempt.detail()));
    }

    private static Attempt attempt(Document stored) {
        return new Attempt(
                stored.getDate("at").toInstant(),
                Duration.ofMillis(stored.getLong("millis")),
                stored.getInteger("status"),
                stored.getString("detail"));
    }

    private static Document withoutNulls(Document document) {
        document.values().removeIf(value -> value == null);
        return document;
    }

    static @Nullable Date date(@Nullable Instant time) {
        return time == null ? null : Date.from(time);
    }

    private static @Nullable Instant instant(Document stored, String field) {
        Date date = stored.getDate(field);
        return date == null ? null : date.toInstant();
    }
}
