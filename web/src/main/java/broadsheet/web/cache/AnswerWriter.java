package broadsheet.web.cache;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.netty.handler.codec.http.HttpHeaderNames;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.regex.Pattern;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpMethod;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.server.reactive.ServerHttpRequest;
import org.springframework.http.server.reactive.ServerHttpResponse;
import org.springframework.http.server.reactive.ServerHttpResponseDecorator;
import reactor.core.publisher.Mono;
import reactor.netty.http.server.HttpServerResponse;

/** Writes a stored answer to one client: in the encoding it accepts, without a body for HEAD and where it has it already. */
record AnswerWriter(ServerHttpRequest request, ServerHttpResponse response, long startedNanos) {

    private static final Logger log = LoggerFactory.getLogger(AnswerWriter.class);

    private static final Pattern REFUSES_GZIP = Pattern.compile("gzip\\s*;\\s*q=0(\\.0*)?\\s*(,|$)");

    private static final byte[] UNAVAILABLE =
            "{\"title\":\"Service Unavailable\",\"status\":503,\"detail\":\"No answer came in time; try again shortly\"}"
                    .getBytes(UTF_8);

    AnswerWriter(ServerHttpRequest request, ServerHttpResponse response) {
        this(request, response, System.nanoTime());
    }

    Mono<Void> write(StoredAnswer answer, long nanos) {
        HttpServerResponse netty = ServerHttpResponseDecorator.getNativeResponse(response);
        var representation = acceptsGzip() ? answer.gzipped() : answer.plain();
        boolean known = answer.status().is2xxSuccessful() && isKnown(representation);
        netty.status(known ? HttpStatus.NOT_MODIFIED.value() : answer.status().value());
        representation.writeHeaders(netty);
        long age = TimeUnit.NANOSECONDS.toSeconds(answer.age(nanos));
        if (age > 0 && !answer.isServerError()) {
            netty.header(HttpHeaderNames.AGE, Long.toString(age));
        }
        if (!isHead()) {
            answer.onEachServed().forEach(this::run);
        }
        answer.timers().record(request.getMethod(), known, System.nanoTime() - startedNanos);
        if (known) {
            return representation.writeNotModified(netty);
        }
        return isHead() ? netty.send() : representation.writeBody(netty);
    }

    /** There is no answer in time, and no older one. */
    Mono<Void> writeUnavailable() {
        response.setStatusCode(HttpStatus.SERVICE_UNAVAILABLE);
        response.getHeaders().setContentType(MediaType.APPLICATION_PROBLEM_JSON);
        response.getHeaders().setCacheControl("no-store");
        response.getHeaders().set(HttpHeaders.RETRY_AFTER, "5");
        response.getHeaders().setContentLength(UNAVAILABLE.length);
        return response.writeWith(Mono.just(response.bufferFactory().wrap(UNAVAILABLE)));
    }

    private boolean isHead() {
        return HttpMethod.HEAD.equals(request.getMethod());
    }

    /** By its weak ETag or, only where the client sends none, by the time of its last change (RFC 9110, 13.1.2 and 13.1.3). */
    private boolean isKnown(Representation representation) {
        String known = request.getHeaders().getFirst(HttpHeaders.IF_NONE_MATCH);
        String eTag = representation.eTag();
        if (known != null) {
            return eTag != null && (known.strip().equals("*") || known.contains(eTag.substring("W/".length())));
        }
        return representation.lastModified() >= 0
                && representation.lastModified() <= request.getHeaders().getIfModifiedSince();
    }

    private boolean acceptsGzip() {
        String accepted = request.getHeaders().getFirst(HttpHeaders.ACCEPT_ENCODING);
        return accepted != null
                && accepted.contains("gzip")
                && (accepted.indexOf(';') < 0 || !REFUSES_GZIP.matcher(accepted).find());
    }

    private void run(Consumer<ServerHttpRequest> action) {
        try {
            action.accept(request);
        } catch (RuntimeException e) {
            log.warn("What happens when {} is served failed", request.getURI().getRawPath(), e);
        }
    }
}
