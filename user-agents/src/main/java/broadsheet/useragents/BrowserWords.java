package broadsheet.useragents;

import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What browsers say of themselves that a rule could mistake for a crawler: the device's model ("Discovery", "C Bot Tab"),
 * and names such as NetNewsWire. It is left out before the rules look.
 */
final class BrowserWords {

    private static final Pattern ANDROID_SYSTEM =
            Pattern.compile("\\([^()]*Android[^()]*\\)", Pattern.CASE_INSENSITIVE);

    /** A crawler that says it is one beside the system that it pretends to be. */
    private static final Pattern CRAWLER =
            Pattern.compile("compatible;|https?:|www\\.|@|bot\\b[/-]|-google|spider|crawl", Pattern.CASE_INSENSITIVE);

    private static final Pattern NAMES = Pattern.compile(
            "chromeframe(?:/[\\d.]+)?|ce-html/1\\.0|\\bcatcher[\\d.]+|sogoum(?:se|obilebrowser)|news(?:app|break)\\b|"
                    + "google (?:tv|earth)|android:google|firephp/[\\d.]+|hbtools|\\bfluid/[\\d.]+|optimizedie8|qqdownload|"
                    + "utorrent|alphaserver|netnewswire|(?:internet|shop) channel/1\\.0|freesat/1\\.0|nettv/1\\.0|"
                    + "webos/1\\.0|rex/1\\.0|-vodafone/1\\.0|htc; radar|javaplatform|dmbrowser|browsex|offbyone|"
                    + "avantbrowser\\.com|www\\.qtweb\\.net|bsalsa\\.com|\\[air\\.com|https? pgdl",
            Pattern.CASE_INSENSITIVE);

    private BrowserWords() {}

    static String without(String userAgent, StepLimit limit) {
        String system = ANDROID_SYSTEM.matcher(limit.on(userAgent)).replaceAll(found -> withoutModel(found, limit));
        return NAMES.matcher(limit.on(system)).replaceAll("");
    }

    private static String withoutModel(MatchResult system, StepLimit limit) {
        boolean crawler = CRAWLER.matcher(limit.on(system.group())).find();
        return crawler ? Matcher.quoteReplacement(system.group()) : "(Android)";
    }
}
