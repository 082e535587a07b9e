package broadsheet.standalone;

import static java.util.stream.Collectors.joining;

import broadsheet.embedded.EmbeddedServerException;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.bind.validation.BindValidationException;
import org.springframework.boot.context.properties.bind.validation.ValidationErrors;
import org.springframework.boot.diagnostics.FailureAnalysis;
import org.springframework.boot.diagnostics.FailureAnalyzer;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.validation.FieldError;

/** Explains failed starts that Boot cannot: of the embedded servers, and invalid settings without their values. */
@Order(Ordered.HIGHEST_PRECEDENCE)
final class StartFailureAnalyzer implements FailureAnalyzer {

    @Override
    public @Nullable FailureAnalysis analyze(Throwable failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof EmbeddedServerException unusable) {
                String action = "Set BROADSHEET_DATA to another folder, or free and repair this one.";
                return new FailureAnalysis(String.valueOf(unusable.getMessage()), action, unusable);
            }
            if (cause instanceof BindValidationException invalid) {
                return new FailureAnalysis(describe(invalid.getValidationErrors()), "Change this setting.", invalid);
            }
        }
        return null;
    }

    /** Without the values, unlike Boot: they may be secrets. */
    private static String describe(ValidationErrors errors) {
        return errors.getAllErrors().stream()
                .map(error -> errors.getName()
                        + (error instanceof FieldError field ? "." + field.getField() : "")
                        + " "
                        + error.getDefaultMessage())
                .collect(joining("; "));
    }
}
