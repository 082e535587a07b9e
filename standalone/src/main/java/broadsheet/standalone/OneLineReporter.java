package broadsheet.standalone;

import static java.util.stream.Collectors.joining;

import broadsheet.embedded.EmbeddedServerException;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.SpringBootExceptionReporter;
import org.springframework.boot.context.properties.bind.validation.BindValidationException;
import org.springframework.boot.context.properties.bind.validation.ValidationErrors;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.validation.FieldError;

/** Says in one line why there is no start, where the reason is one that whoever starts it can mend. */
@Order(Ordered.HIGHEST_PRECEDENCE)
final class OneLineReporter implements SpringBootExceptionReporter {

    OneLineReporter(ConfigurableApplicationContext context) {}

    @Override
    public boolean reportException(Throwable failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            String reason = reason(cause);
            if (reason != null) {
                System.err.println("Broadsheet cannot start: " + reason);
                return true;
            }
        }
        return false;
    }

    private static @Nullable String reason(Throwable cause) {
        if (cause instanceof CannotStartException || cause instanceof EmbeddedServerException) {
            return cause.getMessage();
        }
        return cause instanceof BindValidationException invalid ? reason(invalid.getValidationErrors()) : null;
    }

    /** Without the values: they may be secrets. */
    private static String reason(ValidationErrors errors) {
        return errors.getAllErrors().stream()
                .map(error -> errors.getName()
                        + (error instanceof FieldError field ? "." + field.getField() : "")
                        + " "
                        + error.getDefaultMessage())
                .collect(joining("; "));
    }
}
