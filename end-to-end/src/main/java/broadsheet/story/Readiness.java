package broadsheet.story;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import org.awaitility.Awaitility;

/** Waits until all three services answer. */
final class Readiness {

    private static final Duration BOUND = Duration.ofMinutes(5);

    private Readiness() {}

    static void await(Steps steps, SiteClient site) {
        steps.need("the site is ready", () -> {
            Awaitility.await().atMost(BOUND).ignoreExceptions().untilAsserted(() -> expectReady(site));
            return true;
        });
    }

    private static void expectReady(SiteClient site) throws IOException, InterruptedException {
        for (String path : List.of("/api/articles?limit=1", "/api/stats/hits?ids=none", "/api/notifications?limit=1")) {
            HttpAnswer answer = site.get(path);
            assertThat(answer.status())
                    .as("the status of %s", path)
                    .isLessThan(500)
                    .isNotEqualTo(404);
        }
        // a site may keep this to itself
        HttpAnswer health = site.get("/actuator/health/readiness");
        assertThat(health.status()).as("the status of readiness: %s", health).isLessThan(500);
    }
}
