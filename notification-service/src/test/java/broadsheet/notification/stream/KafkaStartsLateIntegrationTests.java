package broadsheet.notification.stream;

import static broadsheet.notification.ArticleEvents.published;
import static broadsheet.testservers.PatientAwait.await;
import static org.assertj.core.api.Assertions.assertThat;

import broadsheet.events.Topic;
import broadsheet.notification.ArticlesTopicWriter;
import broadsheet.notification.ServiceInstance;
import broadsheet.testservers.KafkaStartingLate;
import broadsheet.testservers.StaffTokens;
import broadsheet.testservers.TestServers;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.junit.jupiter.api.Test;
import org.springframework.http.MediaType;
import org.springframework.test.web.reactive.server.WebTestClient;
import org.springframework.test.web.reactive.server.WebTestClient.ResponseSpec;

class KafkaStartsLateIntegrationTests {

    private static final String KAFKA = TestServers.bootstrapServers();

    private final String name = "news.articles." + UUID.randomUUID();

    @Test
    void aServiceThatStartsBeforeKafkaKeepsItsClientsAndTellsThemWhatTheyMissed() throws Exception {
        create();
        StaffTokens.publishKey();
        try (var late = new KafkaStartingLate(KAFKA);
                var service = ServiceInstance.start(
                        late.bootstrapServers(), name, "broadsheet.notification.stream.connections=1");
                var topic = new ArticlesTopicWriter(KAFKA, name)) {
            topic.write(published("before", "away"));
            try (var reader = StreamClient.to(service.port(), "?category=away")) {
                reader.awaits(event -> "heartbeat".equals(event.comment()));
                http(service)
                        .get()
                        .uri("/api/notifications")
                        .exchange()
                        .expectStatus()
                        .isEqualTo(503)
                        .expectHeader()
                        .valueEquals("Retry-After", "2")
                        .expectHeader()
                        .contentType(MediaType.APPLICATION_PROBLEM_JSON);
                http(service)
                        .get()
                        .uri("/actuator/health/liveness")
                        .exchange()
                        .expectStatus()
                        .isOk();
                http(service)
                        .get()
                        .uri("/actuator/health/readiness")
                        .exchange()
                        .expectStatus()
                        .isEqualTo(503);

                http(service)
                        .get()
                        .uri("/api/notifications/stream")
                        .exchange()
                        .expectStatus()
                        .isEqualTo(503)
                        .expectHeader()
                        .valueEquals("Retry-After", "30");

                withSession(service)
                        .expectStatus()
                        .isEqualTo(503)
                        .expectHeader()
                        .valueEquals("Retry-After", "1")
                        .expectBody()
                        .jsonPath("$.detail")
                        .value(detail -> assertThat(String.valueOf(detail)).contains("sessions"));

                String meanwhile = topic.write(published("a", "away"));
                late.start();
                reader.awaitsId(meanwhile);
                String live = topic.write(published("a", "away"));
                reader.awaitsId(live);
                assertThat(reader.notifications()).containsExactly(meanwhile, live);
                assertThat(reader.gaps()).isEmpty();
                http(service)
                        .get()
                        .uri("/api/notifications")
                        .exchange()
                        .expectStatus()
                        .isOk();
                await().untilAsserted(() -> withSession(service).expectStatus().isOk());
            }
        }
    }

    private static ResponseSpec withSession(ServiceInstance service) {
        return http(service)
                .get()
                .uri("/api/notifications")
                .headers(headers -> headers.setBearerAuth(StaffTokens.of("ann", "AUTHOR")))
                .exchange();
    }

    private void create() throws Exception {
        try (var admin = Admin.create(Map.of("bootstrap.servers", KAFKA))) {
            var topic = new NewTopic(name, Topic.ARTICLES.partitions(), (short) 1);
            admin.createTopics(List.of(topic)).all().get();
        }
    }

    private static WebTestClient http(ServiceInstance service) {
        return WebTestClient.bindToServer()
                .baseUrl("http://localhost:" + service.port())
                .responseTimeout(Duration.ofMinutes(1))
                .build();
    }
}
