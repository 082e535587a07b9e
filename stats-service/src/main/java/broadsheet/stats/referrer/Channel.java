package broadsheet.stats.referrer;

import java.util.Locale;

/** How a reader came to an article. */
public enum Channel {
    /** By no link that is known of: typed, a bookmark, an app or a page that does not say. */
    DIRECT,
    /** By a link on a page of the site itself. */
    INTERNAL,
    SEARCH,
    /** By a social network or messenger, or in its app's browser. */
    SOCIAL,
    /** By an assistant that answers with links. */
    ASSISTANT,
    /** By a link in a mailbox's pages. */
    MAIL,
    /** By the link of an alert of Broadsheet's. */
    ALERT,
    /** By a link on any other site. */
    REFERRAL;

    public String key() {
        return name().toLowerCase(Locale.ROOT);
    }
}
