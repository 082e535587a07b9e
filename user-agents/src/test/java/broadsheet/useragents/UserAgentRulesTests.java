package broadsheet.useragents;

import static org.assertj.core.api.Assertions.assertThat;

import broadsheet.events.ArticleViewed.Agent;
import broadsheet.events.ArticleViewed.Device;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvFileSource;
import org.junit.jupiter.params.provider.ValueSource;

class UserAgentRulesTests {

    private final UserAgentRules rules = UserAgentRules.CURRENT;

    @ParameterizedTest
    @CsvFileSource(resources = "user-agents.txt", delimiter = '|', quoteCharacter = '`')
    void aUserAgentIsClassifiedByWhatItSays(Agent agent, Device device, String userAgent) {
        String header = userAgent == null ? "" : userAgent;
        assertThat(rules.classify(header).agent()).as(header).isEqualTo(agent);
        assertThat(rules.classify(header).device()).as(header).isEqualTo(device);
    }

    @Test
    void noBrowserOfRealTrafficIsTakenForARobot() {
        assertThat(AgentLists.lines("browsers"))
                .hasSizeGreaterThan(900)
                .allMatch(browser -> rules.classify(browser).agent() == Agent.USER);
    }

    @Test
    void moreCrawlersAreKnownThanIsbotKnows() {
        List<String> crawlers = AgentLists.lines("crawlers");
        long known = crawlers.stream().filter(this::isNoPerson).count();

        assertThat(known).isGreaterThanOrEqualTo(crawlers.size() - 2L);
        assertThat(known).isGreaterThan(crawlers.stream().filter(new Isbot()).count());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Mozilla/5.0 (Linux; Android 14; DISCOVERY_2_ME) AppleWebKit/537.36 Chrome/137.0.0.0 Mobile Safari/537.36",
                "Mozilla/5.0 (Linux; Android 7.0; C Bot Tab 70) AppleWebKit/537.36 Chrome/78.0.3904.108 Safari/537.36",
                "Mozilla/5.0 (Windows NT 10.0; Win64; x64) Chrome/132.0.0.0 Safari/537.36 OPR/117.0.0.0 (Edition utorrent)"
            })
    void theNameOfADeviceOrBrowserIsNoCrawlers(String userAgent) {
        assertThat(rules.classify(userAgent).agent()).isEqualTo(Agent.USER);
    }

    @Test
    void theRuleThatMatchedIsNamedWithItsList() {
        assertThat(rules.classify("Googlebot/2.1").rule()).isEqualTo("crawler-user-agents: Googlebot\\/");
        assertThat(rules.classify("Mozilla/5.0 (compatible; SomeCrawler)").rule())
                .isEqualTo("isbot: crawl");
        assertThat(rules.classify("acme; 1").rule()).isEqualTo("names no browser");
        assertThat(rules.classify("Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0")
                        .rule())
                .isNull();
    }

    @Test
    void anAgentThatMakesPatternsTryAgainIsLookedAtInABoundedNumberOfSteps() {
        int most = hostileAgents().mapToInt(this::steps).max().orElseThrow();
        int ofKnown = Stream.of("browsers", "crawlers")
                .flatMap(list -> AgentLists.lines(list).stream())
                .mapToInt(this::steps)
                .max()
                .orElseThrow();

        assertThat(most).isLessThanOrEqualTo(UserAgentRules.MAX_STEPS + 1);
        assertThat(ofKnown).isLessThan(UserAgentRules.MAX_STEPS / 5);
    }

    @Test
    void whatTakesTooManyStepsIsNoBrowsers() {
        var told = rules.classify("Mozilla/5.0 (X11; Linux x86_64) Gecko/20100101 Firefox/140.0", new StepLimit(100));

        assertThat(told.agent()).isEqualTo(Agent.AUTOMATED);
        assertThat(told.rule()).isEqualTo("too laborious to be a browser's");
    }

    /** The pieces that patterns repeat, over and over, alone and mixed. */
    private static Stream<String> hostileAgents() {
        var pieces = List.of(
                "a",
                "0",
                " ",
                "/",
                "-",
                ";",
                ".",
                "(",
                ")",
                "1.",
                "a/",
                "@a-",
                "a/1.0",
                "; a",
                "(Android",
                "Android ",
                "(Linux; ",
                "mozilla/1.0 (compatible; 1",
                "goog",
                "java;",
                "new",
                "http",
                "bot",
                "\u0130",
                "\ud83d\ude00");
        var random = new Random(8);
        Stream<String> mixed = Stream.generate(() ->
                        random.ints(300, 0, pieces.size()).mapToObj(pieces::get).reduce("", String::concat))
                .limit(2_000);
        Stream<String> repeated = pieces.stream()
                .flatMap(piece -> Stream.of("", "Mozilla/5.0 (", "x").map(start -> start + piece.repeat(512)));
        return Stream.concat(mixed, repeated).map(UserAgentRules::bounded);
    }

    private int steps(String userAgent) {
        var limit = new StepLimit(UserAgentRules.MAX_STEPS);
        rules.classify(userAgent, limit);
        return limit.steps();
    }

    private boolean isNoPerson(String userAgent) {
        return rules.classify(userAgent).agent() != Agent.USER;
    }
}
