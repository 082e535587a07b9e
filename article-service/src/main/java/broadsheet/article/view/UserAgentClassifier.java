package broadsheet.article.view;

import broadsheet.events.ArticleViewed.Agent;
import broadsheet.events.ArticleViewed.Device;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Classifies a view by its {@code User-Agent}: crawlers, previews and monitors are bots, libraries and driven browsers are
 * automated, everything else is a person. An agent that pretends to be a browser counts as a person.
 */
final class UserAgentClassifier {

    /** Changes with every change of the rules; stored with each view. */
    static final String RULES_VERSION = "2026-11";

    private static final Pattern BOT = pattern(
            "(?<!cu)bot(?![a-z])|crawl|spider|slurp|archiver|"
                    + "facebookexternalhit|meta-externalagent|embedly|quora link|^whatsapp/|telegrambot|skypeuripreview|vkshare|"
                    + "feedfetcher|feedly|newsblur|inoreader|mediapartners-google|google-|googleother|apis-google|"
                    + "bingpreview|yandex(?!search)[a-z]*/|baiduspider|duckduckbot|chatgpt-user|oai-search|claude-user|perplexity|ccbot|bytespider|"
                    + "lighthouse|pagespeed|pingdom|uptime|monitor|statuscake|w3c_|validator|preview|scanner|indexer|wordpress/");
    private static final Pattern AUTOMATED = pattern(
            "headless|phantomjs|selenium|puppeteer|playwright|webdriver|electron/|"
                    + "^curl/|^wget/|python|^java/|java-http-client|go-http-client|okhttp|apache-httpclient|httpclient|libwww|"
                    + "axios/|node-fetch|undici|^node|ruby|php/|perl|^postman|^insomnia|^k6/|^wrk|vegeta|^ab/|reactornetty");
    private static final Pattern BROWSER = pattern("^(mozilla|opera)/");
    private static final Pattern TABLET = pattern("ipad|tablet|kindle|silk/|^(?!.*mobi).*android");
    private static final Pattern MOBILE = pattern("mobi|iphone|ipod|android");
    private static final Pattern DESKTOP = pattern("windows nt|macintosh|x11|cros");

    private static final int MAX_RULE = 100;

    private UserAgentClassifier() {}

    static Agent agent(String userAgent) {
        if (BOT.matcher(userAgent).find()) {
            return Agent.BOT;
        }
        boolean browser = BROWSER.matcher(userAgent).find()
                && !AUTOMATED.matcher(userAgent).find();
        return browser ? Agent.USER : Agent.AUTOMATED;
    }

    /** The words by which it is known for a bot or a program; null for a browser, and for what says nothing. */
    static @Nullable String rule(String userAgent) {
        return Stream.of(BOT, AUTOMATED)
                .map(pattern -> pattern.matcher(userAgent))
                .filter(Matcher::find)
                .map(found -> found.group().toLowerCase(Locale.ROOT))
                .map(rule -> rule.substring(0, Math.min(rule.length(), MAX_RULE)))
                .findFirst()
                .orElse(null);
    }

    static Device device(String userAgent) {
        if (TABLET.matcher(userAgent).find()) {
            return Device.TABLET;
        }
        if (MOBILE.matcher(userAgent).find()) {
            return Device.MOBILE;
        }
        return DESKTOP.matcher(userAgent).find() ? Device.DESKTOP : Device.OTHER;
    }

    private static Pattern pattern(String regex) {
        return Pattern.compile(regex, Pattern.CASE_INSENSITIVE);
    }
}
