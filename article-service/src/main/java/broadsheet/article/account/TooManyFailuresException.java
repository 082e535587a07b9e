package broadsheet.article.account;

import broadsheet.web.problem.ProblemException;
import java.time.Duration;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;

/** A sign-in that is not tried since too many failed: a 429 that says when the next one is. */
final class TooManyFailuresException extends ProblemException {

    TooManyFailuresException(Duration wait) {
        super(HttpStatus.TOO_MANY_REQUESTS, "Too many failures; try again later");
        long seconds = wait.plusMillis(999).toSeconds();
        getHeaders().set(HttpHeaders.RETRY_AFTER, Long.toString(seconds));
    }
}
