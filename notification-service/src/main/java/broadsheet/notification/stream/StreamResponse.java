package broadsheet.notification.stream;

import org.jspecify.annotations.Nullable;
import org.springframework.http.CacheControl;
import org.springframework.http.MediaType;
import org.springframework.http.server.reactive.ServerHttpResponse;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** How a stream is answered, whoever answers it. */
final class StreamResponse {

    private StreamResponse() {}

    static void setHeaders(ServerHttpResponse response) {
        response.getHeaders().setContentType(MediaType.TEXT_EVENT_STREAM);
        response.getHeaders().setCacheControl(CacheControl.noStore());
        response.getHeaders().set("X-Accel-Buffering", "no");
    }

    /** Writes each frame as it comes. */
    static Mono<Void> write(ServerHttpResponse response, Flux<byte[]> frames) {
        setHeaders(response);
        return response.writeAndFlushWith(
                frames.map(frame -> Mono.just(response.bufferFactory().wrap(frame))));
    }

    /** A browser that comes back sends the header; the parameter is for those who cannot, and older. */
    static @Nullable String lastEventId(@Nullable String header, @Nullable String parameter) {
        return header == null || header.isBlank() ? parameter : header;
    }
}
