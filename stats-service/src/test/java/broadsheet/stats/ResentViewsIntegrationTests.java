package broadsheet.stats;

import static broadsheet.stats.ViewEvents.event;
import static broadsheet.stats.ViewEvents.sent;
import static broadsheet.stats.ViewEvents.view;
import static broadsheet.testservers.PatientAwait.await;
import static java.nio.charset.StandardCharsets.UTF_8;

import broadsheet.events.ArticleViewed;
import broadsheet.events.Envelope;
import broadsheet.stats.classification.Classification;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.kafka.core.KafkaTemplate;
import org.springframework.test.context.TestPropertySource;

/** Views that were sent without an answer and are sent again, when what they were is no longer remembered. */
@IntegrationTest
@TestPropertySource(
        properties = {
            "broadsheet.stats.memory=35s",
            "broadsheet.stats.agents-per-network-within=30s",
            "broadsheet.stats.views-topic=resent.views",
            "broadsheet.stats.articles-topic=resent.articles",
            "broadsheet.stats.hits-topic=resent.hits"
        })
class ResentViewsIntegrationTests {

    @Autowired
    KafkaTemplate<String, byte[]> kafka;

    @Value("${spring.mongodb.uri}")
    String uri;

    private final ExpectedCounts expected = new ExpectedCounts();
    private final Instant start = Instant.now().minusSeconds(600);

    @SuppressWarnings("NullAway.Init")
    ResentViewsIntegrationTests() {}

    @Test
    void thoseThatHadArrivedAreDuplicatesAndTheOthersCount() {
        Envelope<ArticleViewed> arrived = event(view("article", "arrived", start));
        Envelope<ArticleViewed> lost = event(view("article", "lost", start.plusSeconds(1)));
        send(arrived);
        counted(arrived);
        Envelope<ArticleViewed> afterThePause = event(view("article", "after", start.plusSeconds(52)));
        send(afterThePause);
        counted(afterThePause);

        resend(arrived);
        expected.add(Classification.DUPLICATE, arrived.event());
        resend(lost);
        counted(lost);

        try (var store = new StoredDocuments(uri)) {
            await().untilAsserted(() -> expected.assertIn(store));
        }
    }

    private void counted(Envelope<ArticleViewed> event) {
        expected.counted(event.event());
    }

    private void send(Envelope<ArticleViewed> event) {
        kafka.send(sent("resent.views", event)).join();
    }

    private void resend(Envelope<ArticleViewed> event) {
        var record = sent("resent.views", event);
        record.headers()
                .add("ce_spooled", text(start.plusSeconds(30)))
                .add("ce_firstattempt", text(start.plusSeconds(2)))
                .add("ce_lastattempt", text(start.plusSeconds(32)));
        kafka.send(record).join();
    }

    private static byte[] text(Instant time) {
        return time.toString().getBytes(UTF_8);
    }
}
