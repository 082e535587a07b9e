package broadsheet.useragents;

import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.LoadingCache;

/** Classifies user agents by rules and remembers the last 10,000, so that a known one costs one look-up. */
public final class UserAgentClassifier {

    private static final int REMEMBERED = 10_000;

    private final UserAgentRules rules;
    private final LoadingCache<String, UserAgent> known;

    public UserAgentClassifier(UserAgentRules rules) {
        this.rules = rules;
        this.known = Caffeine.newBuilder().maximumSize(REMEMBERED).build(rules::classify);
    }

    /** The version of the rules, stored with each view. */
    public String version() {
        return rules.version();
    }

    /** What an agent says, cut at 512 characters; empty where there was no header. */
    public UserAgent classify(String userAgent) {
        return known.get(UserAgentRules.bounded(userAgent));
    }
}
