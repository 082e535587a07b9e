package broadsheet.stats.traffic;

import static broadsheet.stats.ViewEvents.event;
import static broadsheet.stats.ViewEvents.sent;
import static broadsheet.stats.ViewEvents.view;
import static broadsheet.testservers.PatientAwait.await;
import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import broadsheet.events.ArticleMilestone;
import broadsheet.events.ArticleMilestone.Kind;
import broadsheet.stats.ArticleEvents;
import broadsheet.stats.IntegrationTest;
import broadsheet.stats.TopicRecords;
import broadsheet.stats.total.ArticleTotals;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import org.apache.kafka.clients.producer.ProducerRecord;
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

    private final Instant now = Instant.now();
    private int visitors;

    @SuppressWarnings("NullAway.Init")
    TrafficDropsIntegrationTests() {}

    @Test
    void anArticleThatIsHardlyReadAnyMoreIsToldOnce() {
        String dropped = published();
        String withdrawn = published();
        String steady = published();
        for (int minutes = 20; minutes < 75; minutes++) { // the last quarter before a whole minute has begun by then
            read(dropped, 8, minutes);
            read(withdrawn, 4, minutes);
            read(steady, 8, minutes);
        }
        for (int minutes = 0; minutes < 20; minutes++) {
            read(steady, 8, minutes);
        }
        send(events(withdrawn).withdrawn());
        awaitTotal(dropped, 440);
        awaitTotal(withdrawn, 220);
        awaitTotal(steady, 600);

        await().untilAsserted(() -> {
            drops.look().block();
            assertThat(told(Kind.TRAFFIC_DROPPED))
                    .extracting(ArticleMilestone::articleId)
                    .contains(dropped)
                    .doesNotContain(steady);
        });
        drops.look().block();
        assertThat(told(Kind.TRAFFIC_DROPPED).stream()
                        .filter(one -> one.articleId().equals(dropped)))
                .singleElement()
                .satisfies(one -> assertThat(one.hits()).isEqualTo(440));
    }

    private String published() {
        String article = "article-" + UUID.randomUUID();
        send(events(article).published());
        return article;
    }

    private static ArticleEvents events(String article) {
        return new ArticleEvents("traffic.articles", article, "campus", "Open day");
    }

    private List<ArticleMilestone> told(Kind kind) {
        return TopicRecords.of(consumers, "traffic.milestones").stream()
                .map(envelope -> (ArticleMilestone) envelope.event())
                .filter(milestone -> milestone.kind() == kind)
                .toList();
    }

    private void awaitTotal(String article, long hits) {
        await().until(() ->
                requireNonNull(totals.hits(List.of(article)).block()).getOrDefault(article, 0L) == hits);
    }

    private void read(String article, int views, int minutesAgo) {
        Instant time = now.minus(Duration.ofMinutes(minutesAgo));
        var all = new CompletableFuture<?>[views];
        for (int view = 0; view < views; view++) {
            all[view] = kafka.send(sent("traffic.views", event(view(article, "visitor-" + visitors++, time))));
        }
        CompletableFuture.allOf(all).join();
    }

    private void send(ProducerRecord<String, byte[]> record) {
        kafka.send(record).join();
    }
}
