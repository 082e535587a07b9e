package broadsheet.useragents;

import broadsheet.events.ArticleViewed.Agent;
import broadsheet.events.ArticleViewed.Evidence;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;

/**
 * One version of the rules that tell crawlers and programs from browsers. An agent is a robot or a program where a
 * pattern of a list says so, and a program where it names no browser; everything else is a person, also what pretends.
 *
 * <p>An agent comes from strangers: whatever it says, it is looked at in a bounded number of steps.
 */
public final class UserAgentRules {

    /** The rules of this release. */
    public static final UserAgentRules CURRENT = new UserAgentRules(
            "2026-11.2",
            List.of(
                    PatternList.caseSensitive("crawler-user-agents"),
                    PatternList.ignoringCase("broadsheet"),
                    PatternList.ignoringCase("isbot")));

    /** Five times what the agent of any known browser or crawler takes at most. */
    static final int MAX_STEPS = 200_000;

    private static final Pattern BROWSER = Pattern.compile(
            "^(?:mozilla|opera)[/ ]|webkit/|gecko/|khtml|presto/|msie |midp-|cldc-|wap browser|netfront|obigo|ucbrowser|"
                    + "up\\.browser|opera mini|^(?:midori|icab|netsurf|surf|links|lynx|w3m|elinks|dillo|ncsa.mosaic)\\b");

    private final String version;
    private final List<PatternList> lists;

    UserAgentRules(String version, List<PatternList> lists) {
        this.version = version;
        this.lists = lists;
    }

    public String version() {
        return version;
    }

    static String bounded(String userAgent) {
        return userAgent.length() > Evidence.MAX_USER_AGENT
                ? userAgent.substring(0, Evidence.MAX_USER_AGENT)
                : userAgent;
    }

    UserAgent classify(String userAgent) {
        return classify(userAgent, new StepLimit(MAX_STEPS));
    }

    UserAgent classify(String userAgent, StepLimit limit) {
        var device = Devices.of(userAgent);
        try {
            String told = BrowserWords.without(userAgent, limit);
            for (PatternList list : lists) {
                var rule = list.firstMatch(told, limit);
                if (rule.isPresent()) {
                    return new UserAgent(rule.get().agent(), device, rule.get().name());
                }
            }
            boolean browser = BROWSER.matcher(limit.on(userAgent.toLowerCase(Locale.ROOT)))
                    .find();
            return browser
                    ? new UserAgent(Agent.USER, device, null)
                    : new UserAgent(Agent.AUTOMATED, device, "names no browser");
        } catch (StepLimit.ExceededException e) {
            return new UserAgent(Agent.AUTOMATED, device, "too laborious to be a browser's");
        }
    }
}
