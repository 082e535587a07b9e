package broadsheet.stats.classification;

import broadsheet.events.ArticleViewed;
import broadsheet.events.ArticleViewed.Agent;
import broadsheet.stats.StatsProperties;
import broadsheet.useragents.UserAgentClassifier;
import broadsheet.useragents.UserAgentRules;
import java.time.Duration;

/**
 * One version of the rules that decide by a view's evidence whether a person opened an article: a value, so that views can
 * be classified by another version beside it.
 *
 * @param agentsPerNetwork so many user agents of one network may be persons within the time; further ones are automation
 */
public record ViewRules(
        String version, UserAgentClassifier userAgents, int agentsPerNetwork, Duration agentsPerNetworkWithin) {

    private static final UserAgentClassifier USER_AGENTS = new UserAgentClassifier(UserAgentRules.CURRENT);

    /** The rules of this release, as they are set. */
    public static ViewRules current(StatsProperties properties) {
        return new ViewRules(
                "2026-11.2", USER_AGENTS, properties.agentsPerNetwork(), properties.agentsPerNetworkWithin());
    }

    /** Who opened the article; of an event without the user agent it is what article-service thought. */
    Agent agent(ArticleViewed view) {
        String userAgent = view.evidence().userAgent();
        return userAgent == null ? view.agent() : userAgents.classify(userAgent).agent();
    }
}
