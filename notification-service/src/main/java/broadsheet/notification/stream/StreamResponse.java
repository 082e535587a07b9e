package broadsheet.notification.stream;

import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.springframework.http.CacheControl;
import org.springframework.http.MediaType;
import org.springframework.http.server.reactive.ServerHttpResponse;
import org.springframework.http.server.reactive.ServerHttpResponseDecorator;
import reactor.core.publisher.Mono;
import reactor.netty.http.server.HttpServerResponse;

/** How a stream is answered, whoever answers it. */
final class StreamResponse {

    private StreamResponse() {}

    static void setHeaders(ServerHttpResponse response) {
        response.getHeaders().setContentType(MediaType.TEXT_EVENT_STREAM);
        response.getHeaders().setCacheControl(CacheControl.noStore());
        response.getHeaders().set("X-Accel-Buffering", "no");
    }

    /** Sends the head and then the stream, which goes past Spring's response. */
    static Mono<Void> write(ServerHttpResponse response, Function<HttpServerResponse, Mono<Void>> stream) {
        setHeaders(response);
        Object connected = ServerHttpResponseDecorator.getNativeResponse(response);
        if (!(connected
                instanceof HttpServerResponse netty)) { // the shared cache asks, and learns that it is not to be kept
            return response.setComplete();
        }
        return response.setComplete() // gives Netty the head, but does not send it
                .then(Mono.defer(() -> netty.then(stream.apply(netty)).then()));
    }

    /** A browser that comes back sends the header; the parameter is for those who cannot, and older. */
    static @Nullable String lastEventId(@Nullable String header, @Nullable String parameter) {
        return header == null || header.isBlank() ? parameter : header;
    }
}
