package broadsheet.useragents;

import static org.assertj.core.api.Assertions.assertThat;

import broadsheet.events.ArticleViewed.Agent;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;

/** Compares our rules with isbot and with those of version 2026-11; {@code user-agents/measure} fetches the lists. */
@EnabledIfSystemProperty(named = "lists", matches = ".+")
class PublicListsTests {

    private static final Pattern EARLIER = Pattern.compile(
            "(?<!cu)bot(?![a-z])|crawl|spider|slurp|archiver|"
                    + "facebookexternalhit|meta-externalagent|embedly|quora link|^whatsapp/|telegrambot|skypeuripreview|vkshare|"
                    + "feedfetcher|feedly|newsblur|inoreader|mediapartners-google|google-|googleother|apis-google|"
                    + "bingpreview|yandex(?!search)[a-z]*/|baiduspider|duckduckbot|chatgpt-user|oai-search|claude-user|perplexity|ccbot|bytespider|"
                    + "lighthouse|pagespeed|pingdom|uptime|monitor|statuscake|w3c_|validator|preview|scanner|indexer|wordpress/|"
                    + "headless|phantomjs|selenium|puppeteer|playwright|webdriver|electron/|"
                    + "^curl/|^wget/|python|^java/|java-http-client|go-http-client|okhttp|apache-httpclient|httpclient|libwww|"
                    + "axios/|node-fetch|undici|^node|ruby|php/|perl|^postman|^insomnia|^k6/|^wrk|vegeta|^ab/|reactornetty",
            Pattern.CASE_INSENSITIVE);
    private static final Pattern EARLIER_BROWSER = Pattern.compile("^(mozilla|opera)/", Pattern.CASE_INSENSITIVE);

    private final Predicate<String> isbot = new Isbot();

    @Test
    void oursKnowsMoreCrawlersThanIsbotAndTakesNoBrowserOfTodayForOne() throws IOException {
        System.out.printf("%-30s %7s %7s %7s %7s%n", "list", "agents", "ours", "isbot", "2026-11");
        for (Path file : lists()) {
            String list = file.getFileName().toString();
            List<String> agents = Files.readAllLines(file);
            System.out.printf(
                    "%-30s %7d %7d %7d %7d%n",
                    list,
                    agents.size(),
                    count(agents, PublicListsTests::ours),
                    count(agents, isbot),
                    count(agents, PublicListsTests::earlier));
            if (list.contains("crawlers")) {
                assertThat(count(agents, PublicListsTests::ours)).as(list).isGreaterThan(count(agents, isbot));
            } else if (!list.contains("older")) {
                assertThat(count(agents, PublicListsTests::ours)).as(list).isLessThanOrEqualTo(count(agents, isbot));
            }
        }
    }

    private static boolean ours(String agent) {
        return UserAgentRules.CURRENT.classify(UserAgentRules.bounded(agent)).agent() != Agent.USER;
    }

    private static boolean earlier(String agent) {
        return EARLIER.matcher(agent).find() || !EARLIER_BROWSER.matcher(agent).find();
    }

    private static List<Path> lists() throws IOException {
        try (var files = Files.list(Path.of(System.getProperty("lists")))) {
            return files.filter(file -> file.toString().endsWith(".txt"))
                    .sorted()
                    .toList();
        }
    }

    private static long count(List<String> agents, Predicate<String> isNoPerson) {
        return agents.stream().filter(isNoPerson).count();
    }
}
