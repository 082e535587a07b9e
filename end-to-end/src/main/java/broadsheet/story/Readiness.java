package broadsheet.story;

import java.io.IOException;
import java.time.Duration;
import java.util.List;

/** Whether the site is there: all three services answer. */
final class Readiness {

    private static final Duration BOUND = Duration.ofMinutes(2);

    private Readiness() {}

    static void await(Steps steps, Site site) {
        steps.need("the site is ready", () -> {
            Await.within(BOUND, () -> expectReady(site));
            return true;
        });
    }

    private static void expectReady(Site site) throws IOException, InterruptedException {
        for (String path : List.of("/api/articles?limit=1", "/api/stats/hits?ids=none", "/api/notifications?limit=1")) {
            Answer answer = site.get(path);
            Mismatch.unless(
                    answer.status() < 500 && answer.status() != 404, "a service behind " + path, "got " + answer);
        }
        // a site may keep this to itself
        Answer health = site.get("/actuator/health/readiness");
        Mismatch.unless(health.status() < 500, "a ready site", "got " + health);
    }
}
