package broadsheet.story;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class VisitorsTests {

    @Test
    void everyoneIsDifferentAndTheSameAtEveryRun() {
        assertThat(new Visitors().people(Crowd.PEOPLE)).hasSize(Crowd.PEOPLE).doesNotHaveDuplicates();
        assertThat(new Visitors().people(300))
                .startsWith(new Visitors().people(218).toArray(String[]::new));
        assertThat(new Visitors().crawlers(Crowd.CRAWLERS))
                .hasSize(Crowd.CRAWLERS)
                .doesNotHaveDuplicates();
    }

    @Test
    void peopleDoNotLookLikeCrawlers() {
        assertThat(new Visitors().people(300)).noneMatch(agent -> agent.matches("(?i).*(bot|spider|crawl|headless).*"));
        assertThat(new Visitors().crawlers(Crowd.CRAWLERS)).allMatch(agent -> agent.matches("(?i).*(bot|spider).*"));
    }
}
