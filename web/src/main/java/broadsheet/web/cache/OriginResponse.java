package broadsheet.web.cache;

import java.util.Objects;
import org.reactivestreams.Publisher;
import org.reactivestreams.Subscription;
import org.springframework.core.io.buffer.DataBuffer;
import org.springframework.core.io.buffer.DataBufferLimitException;
import org.springframework.core.io.buffer.DataBufferUtils;
import org.springframework.core.io.buffer.DefaultDataBufferFactory;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.HttpStatusCode;
import org.springframework.http.server.reactive.AbstractServerHttpResponse;
import reactor.core.publisher.BaseSubscriber;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/**
 * Takes down what the origin answers, if it may be shared or is an error of the server's. The body of any other answer,
 * which may be a stream without end, is cancelled. Its buffers are plain arrays, so none can leak.
 */
final class OriginResponse extends AbstractServerHttpResponse {

    private static final byte[] NOTHING = {};

    private final int maxBytes;
    private byte[] body = NOTHING;
    private boolean tooLarge;

    OriginResponse(int maxBytes) {
        super(DefaultDataBufferFactory.sharedInstance);
        this.maxBytes = maxBytes;
    }

    @Override
    public HttpStatusCode getStatusCode() {
        return Objects.requireNonNullElse(super.getStatusCode(), HttpStatus.OK);
    }

    byte[] body() {
        return body;
    }

    /** Whether everyone who asks the same may have this answer. */
    boolean isShareable() {
        HttpHeaders headers = getHeaders();
        return !tooLarge
                && !SharedCaching.sharedFor(headers).isZero()
                && getCookies().isEmpty()
                && !headers.containsHeader(HttpHeaders.SET_COOKIE)
                && !headers.containsHeader(HttpHeaders.CONTENT_ENCODING)
                && !isServerError()
                && !SharedCaching.variesByOtherHeaders(headers);
    }

    boolean isServerError() {
        return getStatusCode().is5xxServerError();
    }

    @Override
    protected Mono<Void> writeWithInternal(Publisher<? extends DataBuffer> body) {
        return Mono.defer(() -> isShareable() || isServerError() ? takeDown(body) : refuse(body));
    }

    @Override
    protected Mono<Void> writeAndFlushWithInternal(Publisher<? extends Publisher<? extends DataBuffer>> body) {
        return Mono.defer(() ->
                isShareable() || isServerError() ? takeDown(Flux.from(body).concatMap(part -> part)) : refuse(body));
    }

    private Mono<Void> takeDown(Publisher<? extends DataBuffer> body) {
        return DataBufferUtils.join(body, maxBytes)
                .doOnNext(buffer -> {
                    if (buffer.readableByteCount() > maxBytes) { // a body of one part is not joined
                        tooLarge = true;
                        return;
                    }
                    byte[] bytes = new byte[buffer.readableByteCount()];
                    buffer.read(bytes);
                    this.body = bytes;
                })
                .onErrorResume(DataBufferLimitException.class, e -> {
                    tooLarge = true;
                    return Mono.empty();
                })
                .then();
    }

    private static Mono<Void> refuse(Publisher<?> body) {
        return Mono.fromRunnable(() -> body.subscribe(new Cancelling<>()));
    }

    private static final class Cancelling<T> extends BaseSubscriber<T> {

        @Override
        protected void hookOnSubscribe(Subscription subscription) {
            cancel();
        }
    }

    @Override
    protected void applyStatusCode() {}

    @Override
    protected void applyHeaders() {}

    @Override
    protected void applyCookies() {}

    @Override
    @SuppressWarnings({"unchecked", "TypeParameterUnusedInFormals"})
    public <T> T getNativeResponse() {
        return (T) this;
    }
}
