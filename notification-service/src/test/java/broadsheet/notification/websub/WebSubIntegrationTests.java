package broadsheet.notification.websub;

import static broadsheet.notification.ArticleEvents.corrected;
import static broadsheet.notification.ArticleEvents.published;
import static broadsheet.notification.ArticleEvents.withdrawn;
import static broadsheet.testservers.PatientAwait.await;
import static org.assertj.core.api.Assertions.assertThat;

import broadsheet.notification.ArticlesTopicWriter;
import broadsheet.notification.ServiceInstance;
import broadsheet.notification.outbound.Receiver;
import broadsheet.notification.subscription.SubscriptionRemoval;
import broadsheet.notification.subscription.Subscriptions;
import broadsheet.testservers.TestServers;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import org.bson.Document;
import org.junit.jupiter.api.Test;
import org.springframework.data.mongodb.core.ReactiveMongoTemplate;
import org.springframework.test.web.reactive.server.WebTestClient;

class WebSubIntegrationTests {

    private static final Duration TIME_LIMIT = Duration.ofMinutes(1);
    private static final String FORM = "hub.mode=publish&hub.url=https%3A%2F%2Fnews.example%2Fatom.xml";

    /** Also of the change of an article that it was never told of. */
    @Test
    void theHubIsToldOfEachPublicEventAsLongAsItIsSet() throws Exception {
        String topic = "news.articles." + UUID.randomUUID();
        try (Receiver hub = Receiver.answering("HTTP/1.1 202 Accepted\r\ncontent-length: 0\r\n\r\n");
                var service = ServiceInstance.start(
                        TestServers.bootstrapServers(),
                        topic,
                        "broadsheet.notification.websub.hub=" + hub.url(),
                        "broadsheet.notification.websub.base-url=https://news.example",
                        "broadsheet.notification.outbound.allow=127.0.0.1/32");
                var writer = new ArticlesTopicWriter(TestServers.bootstrapServers(), topic)) {
            var subscriptions = service.bean(Subscriptions.class);
            await().until(() -> isThere(subscriptions));

            var events = List.of(
                    writer.write(published("a1", "campus")),
                    writer.write(corrected("a2", "campus")),
                    writer.write(withdrawn("a3", "campus")));
            await().untilAsserted(() -> assertThat(delivered(service.bean(ReactiveMongoTemplate.class)))
                    .hasSameElementsAs(events));
            assertThat(hub.received()).contains(FORM);

            cannotBeManaged(service.port());
            new HubSubscription(
                            new WebSubProperties("", ""),
                            subscriptions,
                            service.bean(SubscriptionRemoval.class),
                            InstantSource.system())
                    .run()
                    .block(TIME_LIMIT);
            assertThat(isThere(subscriptions)).isFalse();
        }
    }

    private static void cannotBeManaged(int port) {
        var http = WebTestClient.bindToServer()
                .baseUrl("http://localhost:" + port)
                .responseTimeout(TIME_LIMIT)
                .build();
        http.get()
                .uri("/api/subscriptions/{id}", HubSubscription.ID)
                .header("Authorization", "Bearer x")
                .exchange()
                .expectStatus()
                .isNotFound();
        http.post()
                .uri("/api/subscriptions")
                .header("Content-Type", "application/json")
                .bodyValue("{\"channel\": \"websub\", \"target\": {\"url\": \"https://hub.example\"}}")
                .exchange()
                .expectStatus()
                .isBadRequest()
                .expectBody()
                .jsonPath("$.errors[0].field")
                .isEqualTo("channel");
    }

    private static boolean isThere(Subscriptions subscriptions) {
        return Objects.requireNonNull(
                subscriptions.byId(HubSubscription.ID).hasElement().block(TIME_LIMIT));
    }

    private static List<String> delivered(ReactiveMongoTemplate mongo) {
        var found = mongo.<Document>execute(
                "notificationDeliveries",
                deliveries -> deliveries.find(new Document("channel", "WEBSUB").append("state", "DELIVERED")));
        return Objects.requireNonNull(
                found.map(delivery -> delivery.getString("event")).collectList().block(TIME_LIMIT));
    }
}
