package broadsheet.stats;

import static broadsheet.testservers.PatientAwait.await;
import static java.util.Objects.requireNonNull;

import broadsheet.testservers.StaffTokens;
import broadsheet.web.access.StaffSessions;
import java.time.Duration;
import org.springframework.http.HttpStatus;
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

    /** Once the service knows whose tokens are valid. */
    public static WebTestClient ofAnOperator(int port, StaffSessions sessions) {
        await().until(sessions::areKnown);
        return ofAnOperator(port);
    }

    /** The address of what a call has begun. */
    public static String location(WebTestClient.ResponseSpec begun) {
        return requireNonNull(begun.expectStatus()
                        .isAccepted()
                        .expectBody()
                        .returnResult()
                        .getResponseHeaders()
                        .getLocation())
                .toString();
    }

    /** The address of a reconciliation that is asked for now, after that of the night if that one is running. */
    public static String reconciliation(WebTestClient operator) {
        return requireNonNull(await().until(
                                () -> operator.post()
                                        .uri("/api/stats/reconciliations")
                                        .exchange()
                                        .returnResult(Void.class),
                                begun -> begun.getStatus() == HttpStatus.ACCEPTED)
                        .getResponseHeaders()
                        .getLocation())
                .toString();
    }

    /** What a reconciliation finds that is asked for now. */
    public static WebTestClient.BodyContentSpec reconciled(WebTestClient operator) {
        String location = reconciliation(operator);
        await().untilAsserted(() -> get(operator, location).jsonPath("$.state").isEqualTo("finished"));
        return get(operator, location);
    }

    private static WebTestClient.BodyContentSpec get(WebTestClient operator, String uri) {
        return operator.get().uri(uri).exchange().expectStatus().isOk().expectBody();
    }
}
