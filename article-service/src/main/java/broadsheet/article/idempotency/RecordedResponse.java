package broadsheet.article.idempotency;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.reactivestreams.Publisher;
import org.springframework.core.io.buffer.DataBuffer;
import org.springframework.core.io.buffer.DataBufferUtils;
import org.springframework.core.io.buffer.DefaultDataBufferFactory;
import org.springframework.http.HttpStatus;
import org.springframework.http.HttpStatusCode;
import org.springframework.http.server.reactive.AbstractServerHttpResponse;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** Takes down an answer, which goes nowhere by itself: whoever asked may have left. */
final class RecordedResponse extends AbstractServerHttpResponse {

    private volatile byte[] body = {};

    RecordedResponse() {
        super(DefaultDataBufferFactory.sharedInstance);
    }

    RecordedAnswer answer() {
        HttpStatusCode status = Objects.requireNonNullElse(getStatusCode(), HttpStatus.OK);
        Map<String, List<String>> headers = new LinkedHashMap<>();
        getHeaders().forEach(headers::put);
        return new RecordedAnswer(status.value(), headers, body);
    }

    @Override
    protected Mono<Void> writeWithInternal(Publisher<? extends DataBuffer> body) {
        return DataBufferUtils.join(body)
                .doOnNext(buffer -> {
                    byte[] bytes = new byte[buffer.readableByteCount()];
                    buffer.read(bytes);
                    DataBufferUtils.release(buffer);
                    this.body = bytes;
                })
                .then();
    }

    @Override
    protected Mono<Void> writeAndFlushWithInternal(Publisher<? extends Publisher<? extends DataBuffer>> body) {
        return writeWithInternal(Flux.from(body).concatMap(part -> part));
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
