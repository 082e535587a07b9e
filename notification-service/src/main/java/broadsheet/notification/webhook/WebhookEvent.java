package broadsheet.notification.webhook;

import broadsheet.notification.event.AlertWay;
import broadsheet.notification.event.Notification;
import broadsheet.notification.event.PublicEvent;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyOrder;
import com.fasterxml.jackson.annotation.JsonRawValue;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * The body of a webhook: a CloudEvent 1.0 in the structured mode of JSON. Its types are those of notifications, not those
 * of the topics, whose data holds more than readers may know.
 *
 * @param id of the event, the same in every attempt
 * @param source URLs in the data are relative to it
 * @param subject the article's id; none in a test
 * @param data the notification, as the list and the live stream have it
 */
@JsonPropertyOrder({"specversion", "id", "source", "type", "time", "subject", "datacontenttype", "data"})
@JsonInclude(JsonInclude.Include.NON_NULL)
record WebhookEvent(
        String specversion,
        String id,
        String source,
        String type,
        Instant time,
        @Nullable String subject,
        String datacontenttype,
        @JsonRawValue String data) {

    private static final String TYPE = "news.notification.%s.v1";

    static WebhookEvent of(PublicEvent event, String source) {
        Notification notification = event.notification();
        return of(
                notification.id(),
                source,
                notification.type(),
                notification.time(),
                notification.article().id(),
                event.json(AlertWay.WEBHOOK));
    }

    /** What a holder sends to see whether anything arrives. */
    static WebhookEvent test(String id, String source, Instant now) {
        return of(id, source, "test", now, null, "{}");
    }

    private static WebhookEvent of(
            String id, String source, String what, Instant time, @Nullable String subject, String data) {
        return new WebhookEvent("1.0", id, source, TYPE.formatted(what), time, subject, "application/json", data);
    }
}
