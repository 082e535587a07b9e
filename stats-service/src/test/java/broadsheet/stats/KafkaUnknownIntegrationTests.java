package broadsheet.stats;

import static org.assertj.core.api.Assertions.assertThat;

import broadsheet.testservers.TestServers;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

/** Kafka's name resolves to nothing, as before its container or its DNS entry is there. */
@ExtendWith(OutputCaptureExtension.class)
class KafkaUnknownIntegrationTests {

    @Test
    void theServiceStartsAndServesWhatItHasCounted(CapturedOutput output) throws Exception {
        try (var context = new SpringApplicationBuilder(StatsService.class)
                .properties("spring.config.name=broadsheet,stats-service")
                .run(
                        "--server.port=0",
                        "--spring.mongodb.uri=" + TestServers.mongoUri("unknown-" + UUID.randomUUID()),
                        "--spring.kafka.bootstrap-servers=kafka.invalid:9092")) {
            var top = URI.create(
                    "http://127.0.0.1:" + context.getEnvironment().getProperty("local.server.port") + "/api/stats/top");
            assertThat(HttpClient.newHttpClient()
                            .send(HttpRequest.newBuilder(top).build(), BodyHandlers.discarding())
                            .statusCode())
                    .isEqualTo(200);
            // before it ends: with it end the connections that other tests of this process have left open, not silently
            assertThat(output).doesNotContain("\tat ").contains("Kafka cannot be used yet");
        }
    }
}
