package broadsheet.notification.webhook;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * What webhooks say of the site.
 *
 * @param baseUrl the origin that readers open, to which the articles' URLs are relative; none where it is not set
 */
@ConfigurationProperties("broadsheet.notification.webhook")
record WebhookProperties(@DefaultValue("") String baseUrl) {

    /** What CloudEvents name as the source. */
    String source() {
        return baseUrl.isBlank() ? "/notification-service" : baseUrl;
    }
}
