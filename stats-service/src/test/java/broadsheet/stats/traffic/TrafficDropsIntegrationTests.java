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
            "broadsheet.stats.views-topic=traffic.views",
            "broadsheet.stats.articles-topic=traffic.articles",
            "broadsheet.stats.hits-topic=traffic.hits",
            "broadsheet.stats.live.topic=traffic.live",
            "broadsheet.stats.milestones.topic=traffic.milestones",
            "broadsheet.stats.milestones.hits="
        })
class TrafficDropsIntegrationTests {

    @Autowired
    KafkaTemplate<String, byte[]> kafka;

    @Autowired
    ConsumerFactory<String, byte[]> consumers;

    @Autowired
    ArticleTotals totals;

    @Autowired
    TrafficDrops drops;

    private TrafficTopics topics;

    @SuppressWarnings("NullAway.Init")
    TrafficDropsIntegrationTests() {}

    @BeforeEach
    void connect() {
        topics = new TrafficTopics("traffic", kafka, consumers, totals);
    }

    @Test
    void anArticleThatIsHardlyReadAnyMoreIsToldOnce() {
        String dropped = topics.published();
        String withdrawn = topics.published();
        String steady = topics.published();
        for (int minutes = 20; minutes < 75; minutes++) { // the last quarter before a whole minute has begun by then
            topics.read(dropped, 8, minutes);
            topics.read(withdrawn, 4, minutes);
            topics.read(steady, 8, minutes);
        }
        for (int minutes = 0; minutes < 20; minutes++) {
            topics.read(steady, 8, minutes);
        }
        topics.withdraw(withdrawn);
        topics.awaitTotal(dropped, 440);
        topics.awaitTotal(withdrawn, 220);
        topics.awaitTotal(steady, 600);

        await().untilAsserted(() -> {
            drops.look().block();
            assertThat(topics.told(Kind.TRAFFIC_DROPPED))
                    .extracting(ArticleMilestone::articleId)
                    .contains(dropped)
                    .doesNotContain(steady);
        });
        drops.look().block();
        assertThat(topics.told(Kind.TRAFFIC_DROPPED).stream()
                        .filter(one -> one.articleId().equals(dropped)))
                .singleElement()
                .satisfies(one -> assertThat(one.hits()).isEqualTo(440));
    }
}
