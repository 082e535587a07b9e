package broadsheet.web.problem;

import org.springframework.core.MethodParameter;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.server.ServerWebInputException;
import tools.jackson.core.JacksonException;

/** What does not fit in a request that could not be read, by the name its sender gave it. */
final class FieldErrors {

    private FieldErrors() {}

    static FieldError of(ServerWebInputException e) {
        JacksonException unread = JsonFieldErrors.causedBy(e, JacksonException.class);
        if (unread != null) {
            return JsonFieldErrors.of(unread);
        }
        MethodParameter parameter = e.getMethodParameter();
        if (parameter == null || parameter.hasParameterAnnotation(RequestBody.class)) {
            return new FieldError("body", e.getCause() == null ? "is missing" : "is not the JSON this call takes");
        }
        return new FieldError(String.valueOf(parameter.getParameterName()), "has the wrong type");
    }
}
