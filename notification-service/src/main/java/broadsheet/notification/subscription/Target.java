package broadsheet.notification.subscription;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.net.URI;
import java.util.Locale;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Where a subscriber is reached. */
public sealed interface Target {

    Channel channel();

    /** That requests go to, in lower case; none where it is a mailbox or the hub. */
    @Nullable String host();

    /** Whether the subscriber says where requests go, so that they may go to somebody who wants none. */
    default boolean namesReceiver() {
        return host() != null;
    }

    /** A mailbox, such as {@code ada@example.org}. */
    record EmailTarget(String address) implements Target {
        @Override
        public Channel channel() {
            return Channel.EMAIL;
        }

        @Override
        public @Nullable String host() {
            return null;
        }
    }

    /**
     * A receiver of HTTP requests.
     *
     * @param contact an e-mail address that is told when the webhook is disabled; none where nobody wants to know
     */
    record WebhookTarget(
            String url,

            @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable String contact) implements Target {
        @Override
        public Channel channel() {
            return Channel.WEBHOOK;
        }

        @Override
        public String host() {
            return Target.host(url);
        }
    }

    /** The hub that the settings name. */
    record HubTarget() implements Target {
        @Override
        public Channel channel() {
            return Channel.WEBSUB;
        }

        @Override
        public @Nullable String host() {
            return null;
        }
    }

    /** A browser's push subscription, as the Push API's {@code toJSON()} gives it. */
    record WebPushTarget(String endpoint, Keys keys) implements Target {

        /** Those of the browsers that most people have. */
        private static final Pattern PUSH_SERVICES = Pattern.compile("(fcm|android)\\.googleapis\\.com"
                + "|.+\\.(push\\.services\\.mozilla\\.com|push\\.apple\\.com|notify\\.windows\\.com)");

        @Override
        public Channel channel() {
            return Channel.WEBPUSH;
        }

        @Override
        public String host() {
            return Target.host(endpoint);
        }

        @Override
        public boolean namesReceiver() {
            return !PUSH_SERVICES.matcher(host()).matches();
        }

        /**
         * The keys that a push message is encrypted with (RFC 8291), in base64url.
         *
         * @param p256dh the browser's public key, a point on P-256
         * @param auth its authentication secret of 16 bytes
         */
        public record Keys(String p256dh, String auth) {}
    }

    private static String host(String url) {
        return String.valueOf(URI.create(url).getHost()).toLowerCase(Locale.ROOT);
    }
}
