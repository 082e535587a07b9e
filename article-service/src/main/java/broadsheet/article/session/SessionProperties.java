package broadsheet.article.session;

import java.time.Duration;
import org.hibernate.validator.constraints.time.DurationMin;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/**
 * How long staff sessions and the keys that sign them last.
 *
 * @param lifetime after which one signs in again
 * @param secureCookie whether the cookie is kept from plain HTTP; off only where TLS ends elsewhere and tells nobody
 * @param rotateKeyAfter after which a new key signs; the old one counts until the last token that it signed expires
 */
@Validated
@ConfigurationProperties("broadsheet.session")
public record SessionProperties(
        @DefaultValue("12h") @DurationMin(seconds = 1) Duration lifetime,
        @DefaultValue("false") boolean secureCookie,
        @DefaultValue("30d") @DurationMin(minutes = 1) Duration rotateKeyAfter) {}
