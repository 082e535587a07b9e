package broadsheet.web;

import java.net.URI;
import java.util.List;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.core.MethodParameter;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.core.codec.DecodingException;
import org.springframework.core.io.buffer.DataBufferLimitException;
import org.springframework.dao.DataAccessResourceFailureException;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.HttpStatusCode;
import org.springframework.http.ProblemDetail;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.bind.annotation.RestControllerAdvice;
import org.springframework.web.bind.support.WebExchangeBindException;
import org.springframework.web.reactive.result.method.annotation.ResponseEntityExceptionHandler;
import org.springframework.web.server.ServerWebExchange;
import org.springframework.web.server.ServerWebInputException;
import reactor.core.publisher.Mono;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.DatabindException;
import tools.jackson.databind.exc.UnrecognizedPropertyException;

/** Every error as problem details (RFC 9457) that name the field or the cause, never our insides. */
@RestControllerAdvice
@Order(Ordered.HIGHEST_PRECEDENCE)
final class Problems extends ResponseEntityExceptionHandler {

    private static final Logger log = LoggerFactory.getLogger(Problems.class);

    @Override
    protected Mono<ResponseEntity<Object>> handleWebExchangeBindException(
            WebExchangeBindException e, HttpHeaders headers, HttpStatusCode status, ServerWebExchange exchange) {
        List<FieldError> errors = e.getFieldErrors().stream()
                .map(error -> new FieldError(error.getField(), String.valueOf(error.getDefaultMessage())))
                .toList();
        return badInput(errors, e, headers, exchange);
    }

    @Override
    protected Mono<ResponseEntity<Object>> handleServerWebInputException(
            ServerWebInputException e, HttpHeaders headers, HttpStatusCode status, ServerWebExchange exchange) {
        if (causedBy(e, DataBufferLimitException.class) != null) {
            return problem(HttpStatus.CONTENT_TOO_LARGE, "The body is larger than 2 MiB", e, exchange);
        }
        JacksonException malformed = causedBy(e, JacksonException.class);
        if (malformed != null) {
            return badInput(List.of(fieldError(malformed)), e, headers, exchange);
        }
        MethodParameter parameter = e.getMethodParameter();
        if (parameter != null && parameter.getParameterName() != null && causedBy(e, DecodingException.class) == null) {
            String name = parameter.getParameterName();
            boolean body = parameter.hasParameterAnnotation(org.springframework.web.bind.annotation.RequestBody.class);
            var error = body ? new FieldError("body", "is missing") : new FieldError(name, parameterMessage(e));
            return badInput(List.of(error), e, headers, exchange);
        }
        return badInput(List.of(new FieldError("body", "is not the JSON this call takes")), e, headers, exchange);
    }

    @ExceptionHandler
    Mono<ResponseEntity<Object>> tooLarge(DataBufferLimitException e, ServerWebExchange exchange) {
        return problem(HttpStatus.CONTENT_TOO_LARGE, "The body is larger than 2 MiB", e, exchange);
    }

    @ExceptionHandler({DataAccessResourceFailureException.class, TimeoutException.class})
    Mono<ResponseEntity<Object>> storeAway(Exception e, ServerWebExchange exchange) {
        log.warn("{} {}: the store does not answer: {}", method(exchange), path(exchange), e.getMessage());
        return problem(HttpStatus.SERVICE_UNAVAILABLE, "The store does not answer; try again shortly", e, exchange);
    }

    @ExceptionHandler
    Mono<ResponseEntity<Object>> unexpected(Exception e, ServerWebExchange exchange) {
        if (e instanceof org.springframework.security.access.AccessDeniedException
                || e instanceof org.springframework.security.core.AuthenticationException) {
            return Mono.error(e); // the security chain answers
        }
        log.error("{} {} failed", method(exchange), path(exchange), e);
        return problem(HttpStatus.INTERNAL_SERVER_ERROR, "Something went wrong on our side", e, exchange);
    }

    private Mono<ResponseEntity<Object>> badInput(
            List<FieldError> errors, Exception e, HttpHeaders headers, ServerWebExchange exchange) {
        ProblemDetail body = new InvalidFieldException(errors).getBody();
        return handleExceptionInternal(e, withInstance(body, exchange), headers, HttpStatus.BAD_REQUEST, exchange);
    }

    private Mono<ResponseEntity<Object>> problem(
            HttpStatus status, String detail, Exception e, ServerWebExchange exchange) {
        ProblemDetail body = withInstance(ProblemDetail.forStatusAndDetail(status, detail), exchange);
        return handleExceptionInternal(e, body, new HttpHeaders(), status, exchange);
    }

    private static ProblemDetail withInstance(ProblemDetail body, ServerWebExchange exchange) {
        body.setInstance(URI.create(exchange.getRequest().getURI().getRawPath()));
        return body;
    }

    private static FieldError fieldError(JacksonException e) {
        if (e instanceof UnrecognizedPropertyException unknown) {
            return new FieldError(path(unknown), "is not a field of this call");
        }
        if (e instanceof DatabindException databind && !databind.getPath().isEmpty()) {
            return new FieldError(path(databind), reason(databind));
        }
        var location = e.getLocation();
        String where =
                location == null ? "" : " (line " + location.getLineNr() + ", column " + location.getColumnNr() + ")";
        return new FieldError("body", "is not well-formed JSON" + where);
    }

    /** What a record's own constructor said, where it spoke; else that the type is wrong. */
    private static String reason(DatabindException e) {
        IllegalArgumentException own = causedBy(e, IllegalArgumentException.class);
        return own == null || own.getMessage() == null ? "has the wrong type" : own.getMessage();
    }

    private static String path(DatabindException e) {
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

    private static String parameterMessage(ServerWebInputException e) {
        return e.getCause() == null ? "is missing" : "has the wrong type";
    }

    private static <T extends Throwable> @Nullable T causedBy(Throwable e, Class<T> type) {
        for (Throwable cause = e; cause != null; cause = cause.getCause()) {
            if (type.isInstance(cause)) {
                return type.cast(cause);
            }
        }
        return null;
    }

    private static String method(ServerWebExchange exchange) {
        return exchange.getRequest().getMethod().name();
    }

    private static String path(ServerWebExchange exchange) {
        return exchange.getRequest().getPath().value();
    }
}
