package broadsheet.notification.stream;

import broadsheet.web.problem.ProblemException;
import org.springframework.http.HttpStatus;

/** This instance serves as many streams as it may. */
final class TooManyClientsException extends ProblemException {

    TooManyClientsException() {
        super(HttpStatus.SERVICE_UNAVAILABLE, "Too many streams are open; try again later");
        getHeaders().set("Retry-After", "30");
    }
}
