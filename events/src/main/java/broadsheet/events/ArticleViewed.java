package broadsheet.events;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Someone, or something, opened an article.
 *
 * @param revision the article's version that was shown
 * @param occurredAt when it was seen
 * @param receivedAt when article-service took it in; never before the ledger's hour it belongs to
 * @param visitorKey HMAC of address and user agent under the salt of the day, base64url; says nothing about a person
 * @param agentRules version of the rules that classified the agent
 * @param alertId the alert whose link led here
 */
public record ArticleViewed(
        String articleId,
        long revision,
        Instant occurredAt,
        Instant receivedAt,
        String visitorKey,
        Channel channel,
        @Nullable String referrerHost,
        Device device,
        Agent agent,
        String agentRules,
        @Nullable String alertId)
        implements NewsEvent {

    public ArticleViewed {
        Required.text("articleId", articleId);
        Required.notNegative("revision", revision);
        Required.present("occurredAt", occurredAt);
        Required.present("receivedAt", receivedAt);
        Required.text("visitorKey", visitorKey);
        Required.present("channel", channel);
        Required.present("device", device);
        Required.present("agent", agent);
        Required.text("agentRules", agentRules);
    }

    /** Through which door the article was opened. */
    public enum Channel {
        @JsonProperty("page")
        PAGE,
        @JsonProperty("api")
        API
    }

    public enum Device {
        @JsonProperty("desktop")
        DESKTOP,
        @JsonProperty("mobile")
        MOBILE,
        @JsonProperty("tablet")
        TABLET,
        @JsonProperty("other")
        OTHER
    }

    /** Only what a {@link #USER} opens can be a hit. */
    public enum Agent {
        @JsonProperty("user")
        USER,
        @JsonProperty("bot")
        BOT,
        @JsonProperty("automated")
        AUTOMATED
    }
}
