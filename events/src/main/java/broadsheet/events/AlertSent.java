package broadsheet.events;

import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.annotation.JsonProperty;
import java.time.Instant;

/**
 * To how many an alert went by one channel, as of a moment: absolute, so that reading it twice does no harm.
 *
 * @param alertId what the links of the alert bring: the id of the event that was told, a dot and the channel
 * @param sent how many the receiving side has accepted
 * @param failed how many it will never get
 * @param waiting how many are still to be sent, or tried again
 */
public record AlertSent(
        String alertId, String articleId, Channel channel, long sent, long failed, long waiting, Instant asOf)
        implements Event {

    public AlertSent {
        Required.text("alertId", alertId);
        Required.text("articleId", articleId);
        Required.present("channel", channel);
        Required.notNegative("sent", sent);
        Required.notNegative("failed", failed);
        Required.notNegative("waiting", waiting);
        Required.present("asOf", asOf);
    }

    @JsonIgnore
    @Override
    public String recordKey() {
        return alertId;
    }

    /** How an alert reaches a subscriber. */
    public enum Channel {
        @JsonProperty("email")
        EMAIL,
        @JsonProperty("webhook")
        WEBHOOK,
        @JsonProperty("webpush")
        WEBPUSH
    }
}
