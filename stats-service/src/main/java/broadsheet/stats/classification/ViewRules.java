package broadsheet.stats.classification;

import broadsheet.events.ArticleViewed;
import broadsheet.events.ArticleViewed.Agent;
import broadsheet.stats.StatsProperties;
import broadsheet.useragents.UserAgentClassifier;
import broadsheet.useragents.UserAgentRules;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * One version of the rules that decide by a view's evidence whether a person opened an article: a value, so that views can
 * be classified by another version beside it.
 *
 * @param userAgents null where it is what article-service thought when it took the view
 * @param agentsPerNetwork so many user agents of one network may be persons within the time; further ones are automation
 */
public record ViewRules(
        String version,
        @Nullable UserAgentClassifier userAgents,
        int agentsPerNetwork,
        Duration agentsPerNetworkWithin) {

    private static final UserAgentClassifier USER_AGENTS = new UserAgentClassifier(UserAgentRules.CURRENT);

    /** The rules of this release, as they are set. */
    public static ViewRules current(StatsProperties properties) {
        return new ViewRules(
                "2026-11.3", USER_AGENTS, properties.agentsPerNetwork(), properties.agentsPerNetworkWithin());
    }

    /** The rules before: article-service decided who opens an article, and no network was taken for a program. */
    private static ViewRules former(StatsProperties properties) {
        return new ViewRules("2026-11.1", null, Integer.MAX_VALUE, properties.agentsPerNetworkWithin());
    }

    /** All that this release can count by, the newest first. */
    public static List<ViewRules> known(StatsProperties properties) {
        return List.of(current(properties), former(properties));
    }

    public static Optional<ViewRules> find(String version, StatsProperties properties) {
        return known(properties).stream()
                .filter(rules -> rules.version().equals(version))
                .findFirst();
    }

    /** Who opened the article; of an event without the user agent it is what article-service thought. */
    Agent agent(ArticleViewed view) {
        String userAgent = view.evidence().userAgent();
        return userAgent == null || userAgents == null
                ? view.agent()
                : userAgents.classify(userAgent).agent();
    }
}
