package broadsheet.notification.delivery;

import broadsheet.notification.event.EventKind;
import broadsheet.notification.event.PublicEvent;
import broadsheet.notification.subscription.Channel;
import broadsheet.notification.subscription.Subscription;
import com.fasterxml.jackson.annotation.JsonProperty;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * That one subscriber is told of one event.
 *
 * @param id the event's and the subscription's, so that there is one however often the event is read
 * @param version of the article: it tells which event is the later one
 * @param why what the filter found, such as {@code categories: company-news}
 * @param host that requests go to; none where it is a mailbox
 * @param late whether it was added after its event was matched, so that a correction may have passed it
 * @param ifTold whether it is told only where something of the article was sent, which was being tried when this was made
 * @param due when it is sent, or tried again; none once it is finished
 * @param message the id that it is sent with, the same in every attempt, the event's own where it is sent by itself; none
 *     before the first
 * @param attempts oldest first
 * @param suppressed why it was never sent, or not again; none where it was
 * @param overtakenBy the correction or withdrawal that came while it was pending, which is told instead of it from then on
 * @param traceParent of the event (W3C Trace Context), which each attempt continues
 */
public record Delivery(
        String id,
        String event,
        String article,
        long version,
        EventKind kind,
        Instant eventTime,
        String subscription,
        Channel channel,
        @Nullable String host,
        State state,
        List<String> why,
        boolean late,
        boolean ifTold,
        Instant createdAt,
        @Nullable Instant due,
        @Nullable String message,
        List<Attempt> attempts,
        @Nullable Instant finishedAt,
        @Nullable String suppressed,
        @Nullable String overtakenBy,
        @Nullable String traceParent) {

    public Delivery {
        why = List.copyOf(why);
        attempts = List.copyOf(attempts);
    }

    /** A new one, that waits until it is due. */
    public static Delivery scheduled(
            PublicEvent event,
            Subscription subscription,
            List<String> why,
            Instant now,
            Instant due,
            @Nullable String traceParent) {
        return scheduled(event, subscription, why, now, due, traceParent, false);
    }

    /** The same, and whether it is told only where something of the article was sent. */
    public static Delivery scheduled(
            PublicEvent event,
            Subscription subscription,
            List<String> why,
            Instant now,
            Instant due,
            @Nullable String traceParent,
            boolean ifTold) {
        var notification = event.notification();
        return new Delivery(
                id(notification.id(), subscription.id()),
                notification.id(),
                notification.article().id(),
                notification.article().version(),
                event.kind(),
                notification.time(),
                subscription.id(),
                subscription.channel(),
                subscription.target().host(),
                State.SCHEDULED,
                why,
                false,
                ifTold,
                now,
                due,
                null,
                List.of(),
                null,
                null,
                null,
                traceParent);
    }

    public static String id(String event, String subscription) {
        return event + ":" + subscription;
    }

    /** {@code SCHEDULED → SENDING → DELIVERED}, or {@code FAILED} until the next try, and {@code DEAD} after the last. */
    public enum State {
        @JsonProperty("scheduled")
        SCHEDULED,
        @JsonProperty("sending")
        SENDING,
        @JsonProperty("failed")
        FAILED,
        @JsonProperty("delivered")
        DELIVERED,
        @JsonProperty("dead")
        DEAD,
        /** Overtaken before it was sent: withdrawn, replaced by a correction, nobody there any more. */
        @JsonProperty("suppressed")
        SUPPRESSED;

        public boolean isPending() {
            return switch (this) {
                case SCHEDULED, SENDING, FAILED -> true;
                case DELIVERED, DEAD, SUPPRESSED -> false;
            };
        }
    }

    /**
     * One try to send it.
     *
     * @param status of HTTP or SMTP; none where the receiver gave none
     * @param detail none where it was delivered
     */
    public record Attempt(
            Instant at,
            Duration took,
            @Nullable Integer status,
            @Nullable String detail) {}
}
