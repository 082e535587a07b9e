package broadsheet.web.problem;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.lang.reflect.Field;
import java.time.Instant;
import java.time.LocalTime;
import java.util.Arrays;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.exc.InputCoercionException;
import tools.jackson.core.exc.StreamReadException;
import tools.jackson.databind.exc.MismatchedInputException;
import tools.jackson.databind.exc.UnrecognizedPropertyException;

/** What does not fit in JSON that could not be read, by the name its sender gave it. */
public final class JsonFieldErrors {

    private static final Map<Class<?>, String> TIMES = Map.of(
            Instant.class, "is not a time, such as 2026-01-31T12:00:00Z",
            LocalTime.class, "is not a time of day, such as 22:30");

    private JsonFieldErrors() {}

    /** The field that does not fit, or {@code body} where it is the whole. */
    public static FieldError of(JacksonException e) {
        if (e instanceof StreamReadException && !(e instanceof InputCoercionException)) {
            var location = e.getLocation();
            return new FieldError(
                    "body",
                    "is not well-formed JSON (line " + location.getLineNr() + ", column " + location.getColumnNr()
                            + ")");
        }
        String path = path(e);
        return new FieldError(path.isEmpty() ? "body" : path, reason(e));
    }

    /** The choices of an enum, or what a record's own constructor said; else that the type is wrong. */
    private static String reason(JacksonException e) {
        if (e instanceof UnrecognizedPropertyException) {
            return "is not a field of this call";
        }
        if (e instanceof MismatchedInputException mismatch && mismatch.getTargetType() != null) {
            Class<?> wanted = mismatch.getTargetType();
            if (wanted.isEnum()) {
                return "must be one of " + choices(wanted);
            }
            String time = TIMES.get(wanted);
            if (time != null) {
                return time;
            }
        }
        IllegalArgumentException own = causedBy(e, IllegalArgumentException.class);
        return own == null || own.getMessage() == null ? "has the wrong type" : own.getMessage();
    }

    /** The values of an enum, as they stand in JSON. */
    private static String choices(Class<?> type) {
        return Arrays.stream(type.getFields())
                .filter(Field::isEnumConstant)
                .map(field -> {
                    JsonProperty named = field.getAnnotation(JsonProperty.class);
                    return named == null ? field.getName() : named.value();
                })
                .collect(Collectors.joining(", "));
    }

    private static String path(JacksonException e) {
        var path = new StringBuilder();
        for (var step : e.getPath()) {
            if (step.getPropertyName() == null) {
                path.append('[').append(step.getIndex()).append(']');
            } else {
                path.append(path.isEmpty() ? "" : ".").append(step.getPropertyName());
            }
        }
        return path.toString();
    }

    static <T extends Throwable> @Nullable T causedBy(Throwable e, Class<T> type) {
        for (Throwable cause = e; cause != null; cause = cause.getCause()) {
            if (type.isInstance(cause)) {
                return type.cast(cause);
            }
        }
        return null;
    }
}
