package broadsheet.web.cache;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpMethod;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.server.reactive.ServerHttpRequest;
import org.springframework.http.server.reactive.ServerHttpResponse;
import reactor.core.publisher.Mono;

/** Answers one client from a stored answer: in the encoding it accepts, without a body for HEAD and where it knows it. */
record Reply(ServerHttpRequest request, ServerHttpResponse response, long startedNanos) {

    private static final Logger log = LoggerFactory.getLogger(Reply.class);

    private static final byte[] UNAVAILABLE =
            "{\"title\":\"Service Unavailable\",\"status\":503,\"detail\":\"No answer came in time; try again shortly\"}"
                    .getBytes(UTF_8);

    Reply(ServerHttpRequest request, ServerHttpResponse response) {
        this(request, response, System.nanoTime());
    }

    Mono<Void> with(StoredAnswer answer, long nanos) {
        boolean head = HttpMethod.HEAD.equals(request.getMethod());
        var representation = answer.in(acceptsGzip());
        boolean known = answer.status().is2xxSuccessful()
                && representation.isKnownBy(request.getHeaders().getFirst(HttpHeaders.IF_NONE_MATCH));
        response.setStatusCode(known ? HttpStatus.NOT_MODIFIED : answer.status());
        HttpHeaders headers = response.getHeaders();
        headers.putAll(representation.headers());
        long age = TimeUnit.NANOSECONDS.toSeconds(answer.age(nanos));
        if (age > 0) {
            headers.set(HttpHeaders.AGE, Long.toString(age));
        }
        if (!head) {
            answer.onEachServed().forEach(this::run);
        }
        Mono<Void> written = known ? response.setComplete() : write(representation.body(), head);
        return written.doOnTerminate(
                () -> answer.timers().record(request.getMethod(), known, System.nanoTime() - startedNanos));
    }

    /** No answer came in time, and there is no older one. */
    Mono<Void> unavailable() {
        response.setStatusCode(HttpStatus.SERVICE_UNAVAILABLE);
        response.getHeaders().setContentType(MediaType.APPLICATION_PROBLEM_JSON);
        response.getHeaders().setCacheControl("no-store");
        response.getHeaders().set(HttpHeaders.RETRY_AFTER, "5");
        return write(UNAVAILABLE, HttpMethod.HEAD.equals(request.getMethod()));
    }

    private Mono<Void> write(byte[] body, boolean head) {
        response.getHeaders().setContentLength(body.length);
        return head
                ? response.setComplete()
                : response.writeWith(Mono.just(response.bufferFactory().wrap(body)));
    }

    private void run(Consumer<ServerHttpRequest> action) {
        try {
            action.accept(request);
        } catch (RuntimeException e) {
            log.warn("What happens when {} is served failed", request.getURI().getRawPath(), e);
        }
    }

    private boolean acceptsGzip() {
        String accepted = request.getHeaders().getFirst(HttpHeaders.ACCEPT_ENCODING);
        return accepted != null && accepted.contains("gzip") && !accepted.contains("gzip;q=0");
    }
}
