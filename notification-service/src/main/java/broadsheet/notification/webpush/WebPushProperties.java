package broadsheet.notification.webpush;

import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
import java.time.Duration;
import org.hibernate.validator.constraints.time.DurationMax;
import org.hibernate.validator.constraints.time.DurationMin;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/**
 * How alerts go to browsers.
 *
 * @param subject whom a push service may write to about this site: {@code mailto:} or {@code https:}; the base URL where
 *     it is empty
 * @param timeToLive for how long a push service keeps a message for a browser that is away
 * @param siteName the title of digests
 * @param baseUrl the origin that readers open; empty where it is not known, then messages link by path
 */
@Validated
@ConfigurationProperties("broadsheet.notification.webpush")
record WebPushProperties(
        @NotNull @Pattern(
                regexp = "((mailto:|https://)[^\\s\"\\\\]+)?",
                message = "must begin with mailto: or https:// and hold no space")
        @DefaultValue("")
        String subject,

        @DurationMin(minutes = 1) @DurationMax(days = 28) @DefaultValue("1d")
        Duration timeToLive,

        @NotBlank @DefaultValue("Broadsheet") String siteName,
        @NotNull @DefaultValue("") String baseUrl) {

    WebPushProperties {
        baseUrl = baseUrl.endsWith("/") ? baseUrl.substring(0, baseUrl.length() - 1) : baseUrl;
    }

    /** None where nobody is named: an origin without TLS names nobody (RFC 8292, 2.1). */
    @Nullable String contact() {
        return !subject.isEmpty() ? subject : baseUrl.startsWith("https://") ? baseUrl : null;
    }
}
