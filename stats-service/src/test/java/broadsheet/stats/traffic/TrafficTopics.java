package broadsheet.stats.traffic;

import static broadsheet.stats.ViewEvents.event;
import static broadsheet.stats.ViewEvents.sent;
import static broadsheet.stats.ViewEvents.view;
import static broadsheet.testservers.PatientAwait.await;
import static java.util.Objects.requireNonNull;

import broadsheet.events.ArticleMilestone;
import broadsheet.events.ArticleMilestone.Kind;
import broadsheet.stats.ArticleEvents;
import broadsheet.stats.TopicRecords;
import broadsheet.stats.total.ArticleTotals;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import org.springframework.kafka.core.ConsumerFactory;
import org.springframework.kafka.core.KafkaTemplate;

/** Articles that are read, and what is told of them, on the topics of a test. */
final class TrafficTopics {

    private final String prefix;
    private final KafkaTemplate<String, byte[]> kafka;
    private final ConsumerFactory<String, byte[]> consumers;
    private final ArticleTotals totals;
    private final Instant now = Instant.now();
    private int visitors;

    /** @param prefix of the topics' names, such as {@code traffic} */
    TrafficTopics(
            String prefix,
            KafkaTemplate<String, byte[]> kafka,
            ConsumerFactory<String, byte[]> consumers,
            ArticleTotals totals) {
        this.prefix = prefix;
        this.kafka = kafka;
        this.consumers = consumers;
        this.totals = totals;
    }

    String published() {
        String article = "article-" + UUID.randomUUID();
        kafka.send(events(article).published()).join();
        return article;
    }

    void withdraw(String article) {
        kafka.send(events(article).withdrawn()).join();
    }

    private ArticleEvents events(String article) {
        return new ArticleEvents(prefix + ".articles", article, "campus", "Open day");
    }

    /** By as many visitors, each for the first time. */
    void read(String article, int views, int minutesAgo) {
        Instant time = now.minus(Duration.ofMinutes(minutesAgo));
        var all = new CompletableFuture<?>[views];
        for (int view = 0; view < views; view++) {
            all[view] = kafka.send(sent(prefix + ".views", event(view(article, "visitor-" + visitors++, time))));
        }
        CompletableFuture.allOf(all).join();
    }

    void awaitTotal(String article, long hits) {
        await().until(() ->
                requireNonNull(totals.hits(List.of(article)).block()).getOrDefault(article, 0L) == hits);
    }

    List<ArticleMilestone> told(Kind kind) {
        return TopicRecords.of(consumers, prefix + ".milestones").stream()
                .map(envelope -> (ArticleMilestone) envelope.event())
                .filter(milestone -> milestone.kind() == kind)
                .toList();
    }
}
