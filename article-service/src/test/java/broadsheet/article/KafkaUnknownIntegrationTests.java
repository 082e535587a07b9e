package broadsheet.article;

import static broadsheet.article.NewsroomClient.content;
import static org.assertj.core.api.Assertions.assertThat;

import broadsheet.testservers.TestServers;
import java.nio.file.Path;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

/** Kafka's name resolves to nothing, as before its container or its DNS entry is there. */
@ExtendWith(OutputCaptureExtension.class)
class KafkaUnknownIntegrationTests {

    @TempDir
    Path folder;

    @Test
    void theServiceStartsAndServesAndKeepsViews(CapturedOutput output) {
        try (var service = ServiceInstance.startWithoutKafka(
                TestServers.mongoUri("unknown-" + UUID.randomUUID()),
                "kafka.invalid:9092",
                "broadsheet.views.spool=" + folder.resolve("spool"))) {
            NewsroomClient newsroom = service.newsroom();
            String author = newsroom.newAccount("ann", "AUTHOR");
            String editor = newsroom.newAccount("ed", "EDITOR");
            newsroom.category(editor, "company-news", "Company News");
            String id = newsroom.published(author, editor, content("Unheard", "company-news"));

            newsroom.get(null, "/api/articles/" + id).expectStatus().isOk();
            newsroom.post(null, "/api/articles/" + id + "/views", "")
                    .expectStatus()
                    .isAccepted();
            newsroom.get(null, "/actuator/health/liveness").expectStatus().isOk();
            newsroom.get(null, "/actuator/health/readiness").expectStatus().isEqualTo(503);
            // before it ends: with it end the connections that other tests of this process have left open, not silently
            assertThat(output.toString()
                            .lines()
                            .filter(line -> line.contains("kafka.invalid") || line.contains("\tat ")))
                    .isEmpty();
        }
        assertThat(output).doesNotContain("onErrorDropped").contains("Kafka cannot be used yet");
    }
}
