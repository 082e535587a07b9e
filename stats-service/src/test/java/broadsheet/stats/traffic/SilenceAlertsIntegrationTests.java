package broadsheet.stats.traffic;

import static broadsheet.stats.ViewEvents.event;
import static broadsheet.stats.ViewEvents.sent;
import static broadsheet.stats.ViewEvents.view;
import static broadsheet.testservers.PatientAwait.await;
import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import broadsheet.events.Envelope;
import broadsheet.events.ViewsStopped;
import broadsheet.stats.IntegrationTest;
import broadsheet.stats.TopicRecords;
import broadsheet.stats.total.ArticleTotals;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.kafka.core.ConsumerFactory;
import org.springframework.kafka.core.KafkaTemplate;
import org.springframework.test.context.TestPropertySource;

@IntegrationTest
@TestPropertySource(
        properties = {
            "broadsheet.stats.views-topic=silence.views",
            "broadsheet.stats.articles-topic=silence.articles",
            "broadsheet.stats.hits-topic=silence.hits",
            "broadsheet.stats.live.topic=silence.live",
            "broadsheet.stats.milestones.topic=silence.milestones",
            "broadsheet.stats.milestones.hits="
        })
class SilenceAlertsIntegrationTests {

    @Autowired
    KafkaTemplate<String, byte[]> kafka;

    @Autowired
    ConsumerFactory<String, byte[]> consumers;

    @Autowired
    ArticleTotals totals;

    @Autowired
    SilenceAlerts silence;

    private final Instant last = Instant.now().truncatedTo(ChronoUnit.MILLIS).minus(Duration.ofMinutes(20));
    private final List<CompletableFuture<?>> sending = new ArrayList<>();
    private long visitors;

    @SuppressWarnings("NullAway.Init")
    SilenceAlertsIntegrationTests() {}

    @Test
    void thatNoViewsArriveAnyMoreIsToldOnce() {
        for (int day = 7; day >= 1; day--) {
            read(100, last.minus(Duration.ofDays(day)));
            read(100, last.minus(Duration.ofDays(day)).plus(Duration.ofMinutes(19)));
        }
        read(1, last);
        CompletableFuture.allOf(sending.toArray(CompletableFuture[]::new)).join();
        await().until(() ->
                requireNonNull(totals.hits(List.of("article")).block()).getOrDefault("article", 0L) == visitors);

        await().untilAsserted(() -> {
            silence.look().block();
            assertThat(told()).isNotEmpty();
        });
        silence.look().block();

        assertThat(told()).singleElement().satisfies(one -> {
            assertThat(one.lastViewAt()).isEqualTo(last);
            assertThat(one.expected()).isBetween(30L, 100L);
        });
    }

    private List<ViewsStopped> told() {
        return TopicRecords.of(consumers, "silence.milestones").stream()
                .map(Envelope::event)
                .map(ViewsStopped.class::cast)
                .toList();
    }

    private void read(int views, Instant time) {
        for (int view = 0; view < views; view++) {
            sending.add(kafka.send(sent("silence.views", event(view("article", "visitor-" + visitors++, time)))));
        }
    }
}
