package broadsheet.article.account;

import jakarta.validation.constraints.Pattern;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/**
 * How the newsroom is entered.
 *
 * @param adminPassword of the first account; one is made up, and said once in the log, where it is blank
 * @param freeFailures how often one may mistype before being slowed down
 */
@Validated
@ConfigurationProperties("broadsheet.accounts")
record AccountProperties(
        @Pattern(regexp = "|.{8,72}", message = "must have 8 to 72 characters, or none: set BROADSHEET_ADMIN_PASSWORD") @DefaultValue("")
        String adminPassword,

        @DefaultValue("5") int freeFailures) {

    @Override
    public String toString() {
        return "AccountProperties[freeFailures=" + freeFailures + "]";
    }
}
