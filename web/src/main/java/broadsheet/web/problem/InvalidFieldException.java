package broadsheet.web.problem;

import java.util.List;
import org.springframework.http.HttpStatus;

/** A request whose fields do not fit: a 400 that names each of them. */
public final class InvalidFieldException extends ProblemException {

    public InvalidFieldException(String field, String message) {
        this(List.of(new FieldError(field, message)));
    }

    public InvalidFieldException(List<FieldError> errors) {
        super(
                HttpStatus.BAD_REQUEST,
                "Bad input: " + errors.get(0).field() + " " + errors.get(0).message());
        getBody().setProperty("errors", errors);
    }
}
