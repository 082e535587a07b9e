package broadsheet.stats.milestone;

import static broadsheet.stats.ViewEvents.event;
import static broadsheet.stats.ViewEvents.sent;
import static broadsheet.stats.ViewEvents.view;
import static broadsheet.testservers.PatientAwait.await;
import static org.assertj.core.api.Assertions.assertThat;

import broadsheet.events.ArticleHits;
import broadsheet.events.ArticleMilestone;
import broadsheet.events.Envelope;
import broadsheet.stats.IntegrationTest;
import broadsheet.stats.TopicRecords;
import broadsheet.stats.imported.ImportedHits;
import broadsheet.stats.total.ArticleTotals;
import broadsheet.stats.total.HitsSender;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Predicate;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.kafka.core.ConsumerFactory;
import org.springframework.kafka.core.KafkaTemplate;
import org.springframework.test.context.TestPropertySource;

@IntegrationTest
@TestPropertySource(
        properties = {
            "broadsheet.stats.views-topic=reached.views",
            "broadsheet.stats.articles-topic=reached.articles",
            "broadsheet.stats.hits-topic=reached.hits",
            "broadsheet.stats.live.topic=reached.live",
            "broadsheet.stats.milestones.topic=reached.milestones",
            "broadsheet.stats.milestones.hits=3,5"
        })
class ReachedHitsIntegrationTests {

    @Autowired
    KafkaTemplate<String, byte[]> kafka;

    @Autowired
    ConsumerFactory<String, byte[]> consumers;

    @Autowired
    ImportedHits imported;

    @Autowired
    ArticleTotals totals;

    @Autowired
    HitsSender sender;

    private final String article = "article-" + UUID.randomUUID();
    private int visitors;

    @SuppressWarnings("NullAway.Init")
    ReachedHitsIntegrationTests() {}

    @Test
    void eachNumberOfHitsIsToldOnce() {
        send(article, 2, Instant.now());
        awaitTotal(article, 2);
        assertThat(milestones(article)).isEmpty();

        send(article, 1, Instant.now());
        await().until(() -> !milestones(article).isEmpty());
        Envelope<?> first = milestones(article).get(0);
        assertThat(first.source()).isEqualTo("/stats-service");
        assertThat(UUID.fromString(first.id()).version()).isEqualTo(5);
        assertThat((ArticleMilestone) first.event()).satisfies(milestone -> {
            assertThat(milestone.kind()).isEqualTo(ArticleMilestone.Kind.HITS_REACHED);
            assertThat(milestone.hits()).isEqualTo(3);
            assertThat(milestone.noticedAt()).isEqualTo(first.time());
        });

        send(article, 1, Instant.now());
        awaitTotal(article, 4);
        send(article, 4, Instant.now());
        awaitTotal(article, 8);
        await().until(() -> milestones(article).size() > 1);
        assertThat(milestones(article)).hasSize(2).extracting(Envelope::id).doesNotHaveDuplicates();
    }

    @Test
    void whatWasReachedLongAgoIsNoNews() {
        send(article, 5, Instant.now().minus(Duration.ofDays(3)));
        awaitTotal(article, 5);
        String other = article + "-other";
        send(other, 3, Instant.now());

        await().until(() -> !milestones(other).isEmpty()); // whose total was sent after the first one's
        assertThat(milestones(article)).isEmpty();
    }

    /** Readers see them as one number; what an import reaches alone is no news. */
    @Test
    void hitsThatWereImportedBeforeAreCountedWith() {
        imported.store("import-" + article, "digest", Map.of(article, 4L)).block();
        totals.sendAgain(List.of(article)).block();
        sender.totalsChanged(List.of(article));
        awaitTotal(article, 4);

        send(article, 3, Instant.now());
        awaitTotal(article, 7);

        await().until(() -> !milestones(article).isEmpty());
        assertThat(milestones(article)).hasSize(1);
        assertThat(((ArticleMilestone) milestones(article).get(0).event()).hits())
                .isBetween(5L, 7L);
    }

    private List<Envelope<?>> milestones(String articleId) {
        return find("reached.milestones", event -> event.event().recordKey().equals(articleId));
    }

    private void awaitTotal(String articleId, long hits) {
        await().until(() -> !find(
                        "reached.hits",
                        event -> event.event() instanceof ArticleHits total
                                && total.articleId().equals(articleId)
                                && total.hits() == hits)
                .isEmpty());
    }

    private List<Envelope<?>> find(String topic, Predicate<Envelope<?>> wanted) {
        return TopicRecords.of(consumers, topic).stream().filter(wanted).toList();
    }

    private void send(String articleId, int views, Instant time) {
        for (int count = 0; count < views; count++) {
            kafka.send(sent("reached.views", event(view(articleId, "visitor-" + visitors++, time))))
                    .join();
        }
    }
}
