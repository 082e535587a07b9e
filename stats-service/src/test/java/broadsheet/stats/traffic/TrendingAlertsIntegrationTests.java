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

    private final Instant now = Instant.now();
    private int visitors;

    @SuppressWarnings("NullAway.Init")
    TrendingAlertsIntegrationTests() {}

    @Test
    void anArticleThatRisesIsToldOnceWhereItIsMuch() {
        String rising = published();
        String little = published();
        for (int others = 0; others < 5; others++) {
            read(published(), 1, 1);
        }
        read(rising, 40, 1);
        read(little, 15, 1);
        awaitTotal(rising, 40);
        awaitTotal(little, 15);

        await().untilAsserted(() -> {
            trending.run().block();
            assertThat(told(Kind.TRENDING))
                    .extracting(ArticleMilestone::articleId)
                    .contains(rising)
                    .doesNotContain(little);
        });
        trending.run().block();
        assertThat(told(Kind.TRENDING).stream().filter(one -> one.articleId().equals(rising)))
                .hasSize(1);
    }

    private String published() {
        String article = "article-" + UUID.randomUUID();
        send(events(article).published());
        return article;
    }

    private static ArticleEvents events(String article) {
        return new ArticleEvents("rising.articles", article, "campus", "Open day");
    }

    private List<ArticleMilestone> told(Kind kind) {
        return TopicRecords.of(consumers, "rising.milestones").stream()
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
            all[view] = kafka.send(sent("rising.views", event(view(article, "visitor-" + visitors++, time))));
        }
        CompletableFuture.allOf(all).join();
    }

    private void send(ProducerRecord<String, byte[]> record) {
        kafka.send(record).join();
    }
}
