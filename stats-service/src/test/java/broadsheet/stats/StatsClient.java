package broadsheet.stats;

import broadsheet.testservers.StaffTokens;
import java.time.Duration;
import org.springframework.test.web.reactive.server.WebTestClient;

/** Calls a stats-service on this machine, and waits long enough for a busy one. */
public final class StatsClient {

    private StatsClient() {}

    public static WebTestClient ofAnyone(int port) {
        return WebTestClient.bindToServer()
                .baseUrl("http://localhost:" + port)
                .responseTimeout(Duration.ofMinutes(1))
                .build();
    }

    public static WebTestClient ofAnOperator(int port) {
        return ofAnyone(port)
                .mutate()
                .defaultHeader("Authorization", "Bearer " + StaffTokens.of("ops", "OPERATOR"))
                .build();
    }
}
