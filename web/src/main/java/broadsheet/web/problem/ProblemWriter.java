package broadsheet.web.problem;

import java.net.URI;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ProblemDetail;
import org.springframework.http.server.reactive.ServerHttpRequest;
import org.springframework.http.server.reactive.ServerHttpResponse;
import org.springframework.web.server.ServerWebExchange;
import reactor.core.publisher.Mono;
import tools.jackson.databind.json.JsonMapper;

/** Writes problem details (RFC 9457) where no controller is reached: in filters, and ahead of WebFlux. */
public final class ProblemWriter {

    private final JsonMapper json;

    ProblemWriter(JsonMapper json) {
        this.json = json;
    }

    public Mono<Void> write(ServerWebExchange exchange, HttpStatus status, String detail) {
        return write(exchange.getRequest(), exchange.getResponse(), new ProblemException(status, detail));
    }

    /** Ahead of WebFlux, which answers the same. */
    public Mono<Void> write(ServerHttpRequest request, ServerHttpResponse response, ProblemException problem) {
        ProblemDetail body = problem.getBody();
        String path = request.getURI().getRawPath();
        if (!path.startsWith("//")) { // a reference that begins so names a host
            body.setInstance(URI.create(path));
        }
        HttpHeaders headers = response.getHeaders();
        headers.putAll(problem.getHeaders());
        headers.setContentType(MediaType.APPLICATION_PROBLEM_JSON);
        if (body.getStatus() == HttpStatus.SERVICE_UNAVAILABLE.value()
                && !headers.containsHeader(HttpHeaders.RETRY_AFTER)) {
            headers.set(HttpHeaders.RETRY_AFTER, ProblemDetailsAdvice.RETRY_AFTER_SECONDS);
        }
        response.setStatusCode(problem.getStatusCode());
        return response.writeWith(
                Mono.fromSupplier(() -> response.bufferFactory().wrap(json.writeValueAsBytes(body))));
    }
}
