package broadsheet.events;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.time.Duration;
import java.time.Instant;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Someone, or something, opened an article.
 *
 * @param revision the article's version that was shown
 * @param occurredAt when it was seen
 * @param receivedAt when article-service took it in; never before the ledger's hour it belongs to
 * @param visitorKey HMAC of address and user agent under the salt of the day, base64url; says nothing about a person
 * @param agent what article-service thought; stats-service decides by the evidence where there is some
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
        @Nullable String alertId,
        Evidence evidence)
        implements NewsEvent {

    private static final int MAX_HOST = 253; // RFC 1035
    private static final int MAX_TEXT = 100;

    public ArticleViewed {
        Required.text("articleId", articleId);
        Required.notNegative("revision", revision);
        Required.present("occurredAt", occurredAt);
        Required.present("receivedAt", receivedAt);
        Required.text("visitorKey", visitorKey);
        Required.atMost("visitorKey", MAX_TEXT, visitorKey);
        Required.present("channel", channel);
        Required.atMost("referrerHost", MAX_HOST, referrerHost);
        Required.present("device", device);
        Required.present("agent", agent);
        Required.text("agentRules", agentRules);
        Required.atMost("agentRules", MAX_TEXT, agentRules);
        Required.atMost("alertId", MAX_TEXT, alertId);
        evidence = Objects.requireNonNullElse(evidence, Evidence.NONE);
    }

    /** The same view, received at another time and opened as long before it. */
    public ArticleViewed receivedAt(Instant time) {
        return new ArticleViewed(
                articleId,
                revision,
                time.minus(Duration.between(occurredAt, receivedAt)),
                time,
                visitorKey,
                channel,
                referrerHost,
                device,
                agent,
                agentRules,
                alertId,
                evidence);
    }

    /**
     * What is known of who opened it, enough to judge again by other rules; nothing of it in events of earlier releases.
     *
     * @param userAgent the header as it came, its first 512 characters; empty where none was sent
     * @param networkKey HMAC of the address's network under the salt of the day: tells that views came from one network
     * @param agentRule the rule that classified the agent; null where none matched
     * @param fetch {@code Sec-Fetch-Site}, {@code -Mode} and {@code -Dest}, such as {@code same-origin/cors/empty}
     */
    public record Evidence(
            @Nullable String userAgent,
            @Nullable String networkKey,
            @Nullable String agentRule,
            @Nullable String fetch) {

        public static final int MAX_USER_AGENT = 512;
        public static final Evidence NONE = new Evidence(null, null, null, null);

        public Evidence {
            Required.atMost("evidence.userAgent", MAX_USER_AGENT, userAgent);
            Required.atMost("evidence.networkKey", MAX_TEXT, networkKey);
            Required.atMost("evidence.agentRule", MAX_TEXT, agentRule);
            Required.atMost("evidence.fetch", MAX_TEXT, fetch);
        }
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
