package broadsheet.notification.event;

import broadsheet.web.problem.ProblemException;
import org.springframework.http.HttpStatus;

/** Kafka has not been reached since this instance started, so there is nothing to list yet. */
final class HistoryNotReadException extends ProblemException {

    HistoryNotReadException() {
        super(HttpStatus.SERVICE_UNAVAILABLE, "The notifications have not been read yet; try again shortly");
        getHeaders().set("Retry-After", "2");
    }
}
