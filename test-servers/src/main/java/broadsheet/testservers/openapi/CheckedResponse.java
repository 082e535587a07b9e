package broadsheet.testservers.openapi;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.zip.GZIPInputStream;
import org.jspecify.annotations.Nullable;
import org.reactivestreams.Publisher;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.core.io.buffer.DataBuffer;
import org.springframework.core.io.buffer.DataBufferUtils;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpMethod;
import org.springframework.http.HttpStatus;
import org.springframework.http.HttpStatusCode;
import org.springframework.http.MediaType;
import org.springframework.http.server.reactive.ServerHttpRequest;
import org.springframework.http.server.reactive.ServerHttpResponse;
import org.springframework.http.server.reactive.ServerHttpResponseDecorator;
import reactor.core.publisher.Mono;

/** Waits for the whole of a JSON body before it sends any of it, so that it can still become an error. */
final class CheckedResponse extends ServerHttpResponseDecorator {

    private static final Logger log = LoggerFactory.getLogger(CheckedResponse.class);

    private final ServerHttpRequest request;
    private final Mono<OpenApiDocument> document;
    private volatile boolean isRefused;

    CheckedResponse(ServerHttpRequest request, ServerHttpResponse response, Mono<OpenApiDocument> document) {
        super(response);
        this.request = request;
        this.document = document;
    }

    @Override
    public Mono<Void> writeWith(Publisher<? extends DataBuffer> body) {
        if (!isJson()) {
            return check(contentType(), "", Mono.defer(() -> super.writeWith(body)));
        }
        return DataBufferUtils.join(body).flatMap(joined -> {
            var bytes = new byte[joined.readableByteCount()];
            joined.read(bytes);
            DataBufferUtils.release(joined);
            return check(
                    contentType(),
                    unpacked(bytes),
                    Mono.defer(() -> super.writeWith(
                            Mono.fromSupplier(() -> bufferFactory().wrap(bytes)))));
        });
    }

    @Override
    public Mono<Void> writeAndFlushWith(Publisher<? extends Publisher<? extends DataBuffer>> body) {
        return check(contentType(), "", Mono.defer(() -> super.writeAndFlushWith(body)));
    }

    @Override
    public Mono<Void> setComplete() {
        return isRefused || isCommitted() ? super.setComplete() : check(null, "", Mono.defer(super::setComplete));
    }

    /** @param send deferred, as a response is committed by whoever asks for how it is sent */
    private Mono<Void> check(@Nullable MediaType type, String body, Mono<Void> send) {
        HttpStatusCode status = getStatusCode();
        int code = status == null ? HttpStatus.OK.value() : status.value();
        String checked = request.getMethod().equals(HttpMethod.HEAD) ? "" : body;
        return document.map(described -> described.errors(
                        request.getMethod().name(), request.getPath().pathWithinApplication(), code, type, checked))
                .flatMap(errors -> errors.isEmpty() ? send : refuse(errors));
    }

    private @Nullable MediaType contentType() {
        return getHeaders().getContentType();
    }

    private Mono<Void> refuse(List<String> errors) {
        String text = request.getMethod() + " " + request.getURI().getRawPath() + " " + getStatusCode() + ": " + errors;
        log.error("An answer that the call's note in openapi/*.yml does not describe: {}", text);
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        isRefused = true;
        setStatusCode(HttpStatus.INTERNAL_SERVER_ERROR);
        getHeaders().clear();
        getHeaders().setContentType(MediaType.TEXT_PLAIN);
        return super.writeWith(Mono.fromSupplier(() -> bufferFactory().wrap(bytes)));
    }

    private boolean isJson() {
        MediaType type = contentType();
        return type != null
                && (type.isCompatibleWith(MediaType.APPLICATION_JSON)
                        || type.isCompatibleWith(MediaType.APPLICATION_PROBLEM_JSON));
    }

    private String unpacked(byte[] body) {
        if (!"gzip".equals(getHeaders().getFirst(HttpHeaders.CONTENT_ENCODING))) {
            return new String(body, StandardCharsets.UTF_8);
        }
        try (var in = new GZIPInputStream(new ByteArrayInputStream(body))) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
