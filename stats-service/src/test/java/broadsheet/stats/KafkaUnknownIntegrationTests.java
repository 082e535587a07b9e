package broadsheet.stats;

import static org.assertj.core.api.Assertions.assertThat;

import broadsheet.testservers.TestServers;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.http.HttpStatus;
import org.springframework.web.reactive.function.client.WebClient;

/** Kafka's name resolves to nothing, as before its container or its DNS entry is there. */
@ExtendWith(OutputCaptureExtension.class)
class KafkaUnknownIntegrationTests {

    @Test
    void theServiceStartsAndServesWhatItHasCounted(CapturedOutput output) {
        try (var context = new SpringApplicationBuilder(StatsService.class)
                .properties("spring.config.name=broadsheet,stats-service")
                .run(
                        "--server.port=0",
                        "--spring.mongodb.uri=" + TestServers.mongoUri("unknown-" + UUID.randomUUID()),
                        "--spring.kafka.bootstrap-servers=kafka.invalid:9092")) {
            var http = WebClient.create(
                    "http://127.0.0.1:" + context.getEnvironment().getProperty("local.server.port"));
            assertThat(http.get()
                            .uri("/api/stats/top")
                            .retrieve()
                            .toBodilessEntity()
                            .blockOptional()
                            .orElseThrow()
                            .getStatusCode())
                    .isEqualTo(HttpStatus.OK);
        }
        assertThat(output).doesNotContain("\tat ").contains("Kafka cannot be used yet");
    }
}
