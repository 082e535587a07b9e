package broadsheet.notification.websub;

import broadsheet.web.problem.InvalidFieldException;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * The hub that is told of what is published. Blank is as good as missing.
 *
 * @param hub its URL; without one nobody is told
 * @param baseUrl the origin that readers open, below which the feed is
 */
@ConfigurationProperties("broadsheet.notification.websub")
record WebSubProperties(
        @DefaultValue("") String hub, @DefaultValue("") String baseUrl) {

    WebSubProperties {
        baseUrl = baseUrl.endsWith("/") ? baseUrl.substring(0, baseUrl.length() - 1) : baseUrl;
        if (!hub.isBlank() && baseUrl.isBlank()) {
            throw new InvalidFieldException("BROADSHEET_WEBSUB_HUB", "needs BROADSHEET_BASE_URL, which names the feed");
        }
    }

    boolean isOn() {
        return !hub.isBlank();
    }

    String feed() {
        return baseUrl + "/atom.xml";
    }
}
