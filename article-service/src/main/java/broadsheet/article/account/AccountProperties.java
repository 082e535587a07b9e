package broadsheet.article.account;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * How the newsroom is entered.
 *
 * @param adminPassword of the first account; one is made up, and said once in the log, where it is blank
 * @param freeFailures how often one may mistype before being slowed down
 */
@ConfigurationProperties("broadsheet.accounts")
record AccountProperties(
        @DefaultValue("") String adminPassword,
        @DefaultValue("5") int freeFailures) {

    @Override
    public String toString() {
        return "AccountProperties[freeFailures=" + freeFailures + "]";
    }
}
