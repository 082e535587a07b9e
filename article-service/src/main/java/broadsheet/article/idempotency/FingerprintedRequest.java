package broadsheet.article.idempotency;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.springframework.core.io.buffer.DataBuffer;
import org.springframework.core.io.buffer.DataBufferUtils;
import org.springframework.http.MediaType;
import org.springframework.http.server.reactive.ServerHttpRequest;
import org.springframework.http.server.reactive.ServerHttpRequestDecorator;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/**
 * A request whose query, type and body are taken down as they are read, to tell whether another one is the same. The boundary
 * of a form with files may be another each time.
 */
final class FingerprintedRequest extends ServerHttpRequestDecorator {

    private static final Pattern QUOTES = Pattern.compile("^\"|\"$");

    private final MessageDigest digest;
    private final @Nullable FormDigest form;

    FingerprintedRequest(ServerHttpRequest request, IdempotencyKey key) {
        super(request);
        this.digest = key.fingerprint();
        @Nullable MediaType type = request.getHeaders().getContentType();
        String boundary = boundary(type);
        this.form = boundary == null ? null : new FormDigest(digest, boundary);
        String query = request.getURI().getRawQuery();
        String said = (query == null ? "" : query)
                + "\n"
                + (type == null ? "" : type.getType() + "/" + type.getSubtype())
                + "\n";
        digest.update(said.getBytes(UTF_8));
    }

    @Override
    public Flux<DataBuffer> getBody() {
        return super.getBody().doOnNext(this::takeDown);
    }

    /** Once the body was read. */
    String fingerprint() {
        return HexFormat.of().formatHex(digest.digest());
    }

    /** Reads the body for its fingerprint alone. */
    Mono<String> readFingerprint() {
        return getBody().doOnNext(DataBufferUtils::release).then(Mono.fromSupplier(this::fingerprint));
    }

    private void takeDown(DataBuffer part) {
        try (DataBuffer.ByteBufferIterator bytes = part.readableByteBuffers()) {
            bytes.forEachRemaining(form == null ? digest::update : form::update);
        }
    }

    /** Null where it is no form with files. */
    private static @Nullable String boundary(@Nullable MediaType type) {
        String boundary = type == null || !type.getType().equals("multipart") ? null : type.getParameter("boundary");
        return boundary == null ? null : QUOTES.matcher(boundary).replaceAll("");
    }
}
