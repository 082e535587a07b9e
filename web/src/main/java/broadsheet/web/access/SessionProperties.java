package broadsheet.web.access;

import jakarta.validation.constraints.Size;
import java.time.Duration;
import org.hibernate.validator.constraints.time.DurationMin;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/**
 * How staff sessions are signed; the same in every service.
 *
 * @param secret the HMAC-SHA256 key, 32 bytes or more; whoever has it can be anyone
 * @param lifetime after which one signs in again
 * @param secureCookie whether the cookie is kept from plain HTTP; off only where TLS ends elsewhere and tells nobody
 */
@Validated
@ConfigurationProperties("broadsheet.session")
public record SessionProperties(
        @DefaultValue("") @Size(min = 32, message = "must have 32 characters or more: set BROADSHEET_SESSION_SECRET") String secret,

        @DefaultValue("12h") @DurationMin(seconds = 1) Duration lifetime,
        @DefaultValue("false") boolean secureCookie) {

    @Override
    public String toString() {
        return "SessionProperties[lifetime=" + lifetime + ", secureCookie=" + secureCookie + "]";
    }
}
