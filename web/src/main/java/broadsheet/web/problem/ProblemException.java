package broadsheet.web.problem;

import java.time.Duration;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.ProblemDetail;
import org.springframework.web.ErrorResponseException;

/** A request that is refused, with the status and the sentence that its problem details (RFC 9457) carry. */
public class ProblemException extends ErrorResponseException {

    private static final Duration ALMOST_A_SECOND = Duration.ofSeconds(1).minusNanos(1);

    public ProblemException(HttpStatus status, String detail) {
        super(status, ProblemDetail.forStatusAndDetail(status, detail), null);
    }

    /** A 429 that says when to come again, in whole seconds. */
    public static ProblemException tooManyRequests(String detail, Duration wait) {
        var problem = new ProblemException(HttpStatus.TOO_MANY_REQUESTS, detail);
        long seconds = wait.plus(ALMOST_A_SECOND).toSeconds();
        problem.getHeaders().set(HttpHeaders.RETRY_AFTER, Long.toString(seconds));
        return problem;
    }
}
