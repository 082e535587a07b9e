package broadsheet.notification.subscription;

import com.fasterxml.jackson.annotation.JsonProperty;

/** A way to reach a subscriber. */
public enum Channel {
    @JsonProperty("email")
    EMAIL,
    @JsonProperty("webhook")
    WEBHOOK,
    @JsonProperty("webpush")
    WEBPUSH
}
