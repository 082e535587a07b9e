package broadsheet.story;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class UserAgentsTests {

    @Test
    void everyoneIsDifferentAndTheSameAtEveryRun() {
        assertThat(new UserAgents().people(ReaderTraffic.PEOPLE))
                .hasSize(ReaderTraffic.PEOPLE)
                .doesNotHaveDuplicates();
        assertThat(new UserAgents().people(300))
                .startsWith(new UserAgents().people(218).toArray(String[]::new));
        assertThat(new UserAgents().crawlers(ReaderTraffic.CRAWLERS))
                .hasSize(ReaderTraffic.CRAWLERS)
                .doesNotHaveDuplicates();
    }

    @Test
    void peopleDoNotLookLikeCrawlers() {
        assertThat(new UserAgents().people(300))
                .noneMatch(agent -> agent.matches("(?i).*(bot|spider|crawl|headless).*"));
        assertThat(new UserAgents().crawlers(ReaderTraffic.CRAWLERS))
                .allMatch(agent -> agent.matches("(?i).*(bot|spider).*"));
    }
}
