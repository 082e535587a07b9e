package broadsheet.notification.subscription;

import com.fasterxml.jackson.annotation.JsonProperty;

/** A way to reach a subscriber. */
public enum Channel {
    @JsonProperty("email")
    EMAIL,
    @JsonProperty("webhook")
    WEBHOOK,
    @JsonProperty("webpush")
    WEBPUSH,
    /** The hub of the site's feed, as the settings say; nobody subscribes to it. */
    @JsonProperty("websub")
    WEBSUB
}
