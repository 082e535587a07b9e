package broadsheet.web.problem;

import broadsheet.web.audit.DeniedCallAudit;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.core.io.buffer.DataBufferLimitException;
import org.springframework.dao.DataAccessResourceFailureException;
import org.springframework.dao.InvalidDataAccessResourceUsageException;
import org.springframework.dao.TransientDataAccessException;
import org.springframework.dao.UncategorizedDataAccessException;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.HttpStatusCode;
import org.springframework.http.MediaType;
import org.springframework.http.ProblemDetail;
import org.springframework.http.ResponseEntity;
import org.springframework.security.web.server.firewall.ServerExchangeRejectedException;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.bind.annotation.RestControllerAdvice;
import org.springframework.web.bind.support.WebExchangeBindException;
import org.springframework.web.reactive.resource.NoResourceFoundException;
import org.springframework.web.reactive.result.method.annotation.ResponseEntityExceptionHandler;
import org.springframework.web.server.ContentTooLargeException;
import org.springframework.web.server.MissingRequestValueException;
import org.springframework.web.server.ResponseStatusException;
import org.springframework.web.server.ServerWebExchange;
import org.springframework.web.server.ServerWebInputException;
import reactor.core.publisher.Mono;
import reactor.netty.channel.AbortedException;

/** Every error as problem details (RFC 9457) that name the field or the cause, never our insides. */
@RestControllerAdvice
@Order(Ordered.HIGHEST_PRECEDENCE)
final class ProblemDetailsAdvice extends ResponseEntityExceptionHandler {

    private static final Logger log = LoggerFactory.getLogger(ProblemDetailsAdvice.class);

    /** Unless the answer says otherwise: what is away is looked for every few seconds. */
    static final String RETRY_AFTER_SECONDS = "5";

    private final LogThrottle storeAway = new LogThrottle(Duration.ofSeconds(10));

    @Override
    protected Mono<ResponseEntity<Object>> handleWebExchangeBindException(
            WebExchangeBindException e, HttpHeaders headers, HttpStatusCode status, ServerWebExchange exchange) {
        List<FieldError> errors = e.getFieldErrors().stream()
                .map(error -> new FieldError(error.getField(), String.valueOf(error.getDefaultMessage())))
                .sorted(Comparator.comparing(FieldError::field).thenComparing(FieldError::message))
                .toList();
        return badInput(errors, e, headers, exchange);
    }

    @Override
    protected Mono<ResponseEntity<Object>> handleMissingRequestValueException(
            MissingRequestValueException e, HttpHeaders headers, HttpStatusCode status, ServerWebExchange exchange) {
        return badInput(List.of(new FieldError(e.getName(), "is missing")), e, headers, exchange);
    }

    @Override
    protected Mono<ResponseEntity<Object>> handleServerWebInputException(
            ServerWebInputException e, HttpHeaders headers, HttpStatusCode status, ServerWebExchange exchange) {
        return badInput(List.of(FieldErrors.of(e)), e, headers, exchange);
    }

    /** What a browser opens as a page answers with the site's error page, everything else with the problem. */
    @Override
    protected Mono<ResponseEntity<Object>> handleExceptionInternal(
            Exception e,
            @Nullable Object body,
            @Nullable HttpHeaders headers,
            HttpStatusCode status,
            ServerWebExchange exchange) {
        if (status.isSameCodeAs(HttpStatus.NOT_FOUND)) {
            SharedNotFound.share(exchange);
        }
        if (ErrorPages.areFor(exchange) && status.isSameCodeAs(HttpStatus.SERVICE_UNAVAILABLE)) {
            exchange.getResponse().getHeaders().set(HttpHeaders.RETRY_AFTER, RETRY_AFTER_SECONDS);
        }
        Mono<ResponseEntity<Object>> answer = ErrorPages.areFor(exchange)
                ? Mono.error(new ResponseStatusException(status, null, e))
                : super.handleExceptionInternal(e, body, headers, status, exchange);
        return status.isSameCodeAs(HttpStatus.FORBIDDEN)
                ? DeniedCallAudit.log(exchange, status).then(answer)
                : answer;
    }

    @ExceptionHandler({ContentTooLargeException.class, DataBufferLimitException.class})
    Mono<ResponseEntity<Object>> tooLarge(Exception e, ServerWebExchange exchange) {
        return problem(HttpStatus.CONTENT_TOO_LARGE, "The body is larger than 2 MiB", e, exchange);
    }

    @ExceptionHandler
    Mono<ResponseEntity<Object>> nowhere(NoResourceFoundException e, ServerWebExchange exchange) {
        return problem(HttpStatus.NOT_FOUND, "There is nothing at " + path(exchange), e, exchange);
    }

    @ExceptionHandler({
        DataAccessResourceFailureException.class,
        InvalidDataAccessResourceUsageException.class, // what a connection that breaks in the middle ends as
        TransientDataAccessException.class,
        UncategorizedDataAccessException.class,
        TimeoutException.class
    })
    Mono<ResponseEntity<Object>> storeAway(Exception e, ServerWebExchange exchange) {
        if (storeAway.isDue()) {
            log.warn("{} {}: the store does not answer: {}", method(exchange), path(exchange), firstSentence(e));
        }
        return problem(HttpStatus.SERVICE_UNAVAILABLE, "The store does not answer; try again shortly", e, exchange);
    }

    @ExceptionHandler
    Mono<ResponseEntity<Object>> unexpected(Exception e, ServerWebExchange exchange) {
        if (e instanceof org.springframework.security.access.AccessDeniedException
                || e instanceof org.springframework.security.core.AuthenticationException
                || e instanceof ServerExchangeRejectedException) { // only seen once parameters are read
            return Mono.error(e); // the security chain answers
        }
        if (e instanceof AbortedException) {
            return Mono.empty(); // nobody is there to be answered
        }
        if (exchange.getResponse().isCommitted()) {
            return Mono.error(e); // too late for an answer: the server cuts the connection
        }
        log.error("{} {} failed", method(exchange), path(exchange), e);
        return problem(HttpStatus.INTERNAL_SERVER_ERROR, "Something went wrong on our side", e, exchange);
    }

    /** Problem details whatever the client accepts: one that takes only a stream of events must learn why it has none. */
    @Override
    protected Mono<ResponseEntity<Object>> createResponseEntity(
            @Nullable Object body, @Nullable HttpHeaders headers, HttpStatusCode status, ServerWebExchange exchange) {
        var answer = ResponseEntity.status(status).headers(headers).contentType(MediaType.APPLICATION_PROBLEM_JSON);
        boolean saysWhen = headers != null && headers.containsHeader(HttpHeaders.RETRY_AFTER);
        if (status.isSameCodeAs(HttpStatus.SERVICE_UNAVAILABLE) && !saysWhen) {
            answer.header(HttpHeaders.RETRY_AFTER, RETRY_AFTER_SECONDS);
        }
        return Mono.just(answer.body(body));
    }

    private Mono<ResponseEntity<Object>> badInput(
            List<FieldError> errors, Exception e, HttpHeaders headers, ServerWebExchange exchange) {
        ProblemDetail body = new InvalidFieldException(errors).getBody();
        return handleExceptionInternal(e, body, headers, HttpStatus.BAD_REQUEST, exchange);
    }

    private Mono<ResponseEntity<Object>> problem(
            HttpStatus status, String detail, Exception e, ServerWebExchange exchange) {
        ProblemDetail body = ProblemDetail.forStatusAndDetail(status, detail);
        return handleExceptionInternal(e, body, HttpHeaders.EMPTY, status, exchange);
    }

    /** The driver's messages go on with all it knows of its servers. */
    private static String firstSentence(Exception e) {
        return String.valueOf(e.getMessage()).split("\\. ", 2)[0];
    }

    private static String method(ServerWebExchange exchange) {
        return exchange.getRequest().getMethod().name();
    }

    private static String path(ServerWebExchange exchange) {
        return exchange.getRequest().getPath().value();
    }
}
