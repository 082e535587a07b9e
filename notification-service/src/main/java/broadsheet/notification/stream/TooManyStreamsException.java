package broadsheet.notification.stream;

import broadsheet.web.problem.ProblemException;
import org.springframework.http.HttpStatus;

/** This instance serves as many streams as it may, or as many as one address may have. */
final class TooManyStreamsException extends ProblemException {

    private TooManyStreamsException(HttpStatus status, String detail) {
        super(status, detail);
        getHeaders().set("Retry-After", "30");
    }

    static TooManyStreamsException overall() {
        return new TooManyStreamsException(
                HttpStatus.SERVICE_UNAVAILABLE, "Too many streams are open; try again later");
    }

    static TooManyStreamsException fromOneAddress() {
        return new TooManyStreamsException(
                HttpStatus.TOO_MANY_REQUESTS,
                "Too many streams are open from your address; close one or try again later");
    }
}
