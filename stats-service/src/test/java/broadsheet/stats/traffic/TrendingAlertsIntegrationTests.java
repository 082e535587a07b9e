package broadsheet.stats.traffic;

import static broadsheet.testservers.PatientAwait.await;
import static org.assertj.core.api.Assertions.assertThat;

import broadsheet.events.ArticleMilestone;
import broadsheet.events.ArticleMilestone.Kind;
import broadsheet.stats.IntegrationTest;
import broadsheet.stats.total.ArticleTotals;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.kafka.core.ConsumerFactory;
import org.springframework.kafka.core.KafkaTemplate;
import org.springframework.test.context.TestPropertySource;

@IntegrationTest
@TestPropertySource(
        properties = {
            "broadsheet.stats.views-topic=rising.views",
            "broadsheet.stats.articles-topic=rising.articles",
            "broadsheet.stats.hits-topic=rising.hits",
            "broadsheet.stats.live.topic=rising.live",
            "broadsheet.stats.milestones.topic=rising.milestones",
            "broadsheet.stats.milestones.hits=",
            "broadsheet.stats.milestones.trending-hits=25"
        })
class TrendingAlertsIntegrationTests {

    @Autowired
    KafkaTemplate<String, byte[]> kafka;

    @Autowired
    ConsumerFactory<String, byte[]> consumers;

    @Autowired
    ArticleTotals totals;

    @Autowired
    TrendingAlerts trending;

    private TrafficTopics topics;

    @SuppressWarnings("NullAway.Init")
    TrendingAlertsIntegrationTests() {}

    @BeforeEach
    void connect() {
        topics = new TrafficTopics("rising", kafka, consumers, totals);
    }

    @Test
    void anArticleThatRisesIsToldOnceWhereItIsMuch() {
        String rising = topics.published();
        String little = topics.published();
        for (int others = 0; others < 5; others++) {
            topics.read(topics.published(), 1, 1);
        }
        topics.read(rising, 40, 1);
        topics.read(little, 15, 1);
        topics.awaitTotal(rising, 40);
        topics.awaitTotal(little, 15);

        await().untilAsserted(() -> {
            trending.run().block();
            assertThat(topics.told(Kind.TRENDING))
                    .extracting(ArticleMilestone::articleId)
                    .contains(rising)
                    .doesNotContain(little);
        });
        trending.run().block();
        assertThat(topics.told(Kind.TRENDING).stream()
                        .filter(one -> one.articleId().equals(rising)))
                .hasSize(1);
    }
}
