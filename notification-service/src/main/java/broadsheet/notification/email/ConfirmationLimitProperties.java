package broadsheet.notification.email;

import jakarta.validation.constraints.Min;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/**
 * How many confirmation mails a day, over all instances.
 *
 * @param perNetwork may be asked for from one network (a /24 of IPv4, a /48 of IPv6); a whole campus may share it
 * @param perDomain may go to the mailboxes of one domain; half of it is a warning in the log
 */
@Validated
@ConfigurationProperties("broadsheet.notification.confirmations")
record ConfirmationLimitProperties(
        @Min(1) @DefaultValue("2000") int perNetwork,
        @Min(1) @DefaultValue("50000") int perDomain) {}
