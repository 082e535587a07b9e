package broadsheet.stats;

import static broadsheet.stats.ViewEvents.event;
import static broadsheet.stats.ViewEvents.sent;
import static broadsheet.stats.ViewEvents.view;
import static broadsheet.testservers.PatientAwait.await;

import broadsheet.events.AlertSent;
import broadsheet.events.ArticleViewed;
import broadsheet.events.Envelope;
import broadsheet.events.EventCodec;
import broadsheet.events.Topics;
import broadsheet.web.access.StaffSessions;
import java.time.Instant;
import java.util.Map;
import java.util.UUID;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.kafka.core.KafkaTemplate;
import org.springframework.test.context.TestPropertySource;
import org.springframework.test.web.reactive.server.WebTestClient;

/** What alerts led to. */
@IntegrationTest
@TestPropertySource(
        properties = {
            "broadsheet.stats.views-topic=service.views",
            "broadsheet.stats.articles-topic=service.articles",
            "broadsheet.stats.hits-topic=service.hits"
        })
class AlertsIntegrationTests {

    private final Instant now = Instant.now();

    @Autowired
    KafkaTemplate<String, byte[]> kafka;

    @Autowired
    StaffSessions sessions;

    @LocalServerPort
    int port;

    private final String article = "article-" + UUID.randomUUID();
    private final String alert = UUID.randomUUID().toString();
    private WebTestClient operator;

    @SuppressWarnings("NullAway.Init")
    AlertsIntegrationTests() {}

    @BeforeEach
    void connect() {
        await().until(sessions::areKnown);
        operator = StatsClient.ofAnOperator(port);
    }

    @Test
    void whoCameByWhichChannelStandsBesideToHowManyItWent() {
        send(AlertSent.Channel.EMAIL, ".email", 217, now);
        send(AlertSent.Channel.EMAIL, ".email", 3, now.minusSeconds(60)); // older
        send(AlertSent.Channel.WEBPUSH, ".webpush", 40, now);
        open("a", ".email");
        open("b", ".email");
        open("c", ".stream");

        await().untilAsserted(() -> operator.get()
                .uri("/api/stats/alerts/" + alert)
                .exchange()
                .expectStatus()
                .isOk()
                .expectBody()
                .jsonPath("$.articleId")
                .isEqualTo(article)
                .jsonPath("$.complete")
                .isEqualTo(true)
                .jsonPath("$.channels.length()")
                .isEqualTo(3)
                .jsonPath("$.channels[0]")
                .isEqualTo(
                        Map.of("channel", "email", "sent", 217, "failed", 1, "waiting", 2, "opened", 2, "readers", 2))
                .jsonPath("$.channels[1].sent")
                .isEqualTo(40)
                .jsonPath("$.channels[1].opened")
                .isEqualTo(0)
                .jsonPath("$.channels[2].channel")
                .isEqualTo("stream")
                .jsonPath("$.channels[2].opened")
                .isEqualTo(1)
                .jsonPath("$.channels[2].sent")
                .isEmpty());
    }

    @Test
    void theAlertsOfAnArticleAreAList() {
        send(AlertSent.Channel.EMAIL, ".email", 5, now);
        send(AlertSent.Channel.WEBHOOK, ".webhook", 6, now);

        await().untilAsserted(() -> operator.get()
                .uri("/api/stats/alerts?limit=1&article=" + article)
                .exchange()
                .expectBody()
                .jsonPath("$.items[0].id")
                .isEqualTo(alert)
                .jsonPath("$.items[0].channel")
                .isEqualTo("webhook")
                .jsonPath("$.nextCursor")
                .isEqualTo(alert + ".webhook"));
        await().untilAsserted(() -> operator.get()
                .uri("/api/stats/alerts?limit=1&article=" + article + "&cursor=" + alert + ".webhook")
                .exchange()
                .expectBody()
                .jsonPath("$.items[0].sent")
                .isEqualTo(5)
                .jsonPath("$.nextCursor")
                .isEmpty());
    }

    @Test
    void anAlertThatNobodySentIsNotKnown() {
        operator.get()
                .uri("/api/stats/alerts/unheard-of")
                .exchange()
                .expectStatus()
                .isNotFound();
    }

    private void send(AlertSent.Channel channel, String suffix, long sent, Instant asOf) {
        var told = new AlertSent(alert + suffix, article, channel, sent, 1, 2, asOf);
        var encoded = EventCodec.encode(Envelope.of("/test", asOf, told)).toRecord();
        kafka.send(new ProducerRecord<>(Topics.ALERTS, null, encoded.key(), encoded.value(), encoded.headers()))
                .join();
    }

    private void open(String visitor, String suffix) {
        ArticleViewed view = view(article, visitor, now);
        kafka.send(sent(
                        "service.views",
                        event(new ArticleViewed(
                                view.articleId(),
                                view.revision(),
                                view.occurredAt(),
                                view.receivedAt(),
                                view.visitorKey(),
                                view.channel(),
                                view.referrerHost(),
                                view.device(),
                                view.agent(),
                                view.agentRules(),
                                alert + suffix,
                                view.evidence()))))
                .join();
    }
}
