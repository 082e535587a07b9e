package broadsheet.stats.restatement;

import static java.util.Objects.requireNonNull;

import broadsheet.stats.generation.Restatement.State;
import broadsheet.testservers.PatientAwait;
import org.springframework.test.web.reactive.server.WebTestClient;

/** Waits for what becomes of a restatement. */
final class RestatementState {

    private RestatementState() {}

    /** The answer at its location once it is in the state. */
    static RestatementResponse await(WebTestClient operator, String location, State state) {
        return requireNonNull(PatientAwait.await()
                .until(
                        () -> operator.get()
                                .uri(location)
                                .exchange()
                                .expectStatus()
                                .isOk()
                                .expectBody(RestatementResponse.class)
                                .returnResult()
                                .getResponseBody(),
                        found -> found != null && found.state() == state));
    }
}
