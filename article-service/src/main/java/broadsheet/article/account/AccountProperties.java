package broadsheet.article.account;

import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.Pattern;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/**
 * The newsroom's accounts.
 *
 * @param adminPassword of the first account; one is generated and logged once where it is blank
 * @param passwordCost of new password hashes (BCrypt): one more doubles the time that a guess takes, and a sign-in
 */
@Validated
@ConfigurationProperties("broadsheet.accounts")
record AccountProperties(
        @Pattern(regexp = "|.{8,72}", message = "must have 8 to 72 characters, or none: set BROADSHEET_ADMIN_PASSWORD") @DefaultValue("")
        String adminPassword,

        @Min(4) @Max(16) @DefaultValue("10") int passwordCost) {

    @Override
    public String toString() {
        return "AccountProperties[]";
    }
}
