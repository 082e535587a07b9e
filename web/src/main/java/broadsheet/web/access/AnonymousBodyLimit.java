package broadsheet.web.access;

import broadsheet.web.problem.ProblemException;
import broadsheet.web.problem.ProblemWriter;
import org.springframework.core.io.buffer.DataBuffer;
import org.springframework.core.io.buffer.DataBufferUtils;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.server.reactive.ServerHttpRequest;
import org.springframework.http.server.reactive.ServerHttpRequestDecorator;
import org.springframework.web.server.ServerWebExchange;
import org.springframework.web.server.WebFilter;
import org.springframework.web.server.WebFilterChain;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/**
 * Takes no more of a body from whoever has no session than signing in needs: what is sent stays in memory until it is
 * complete, and a stranger may leave it incomplete on many connections. Comes after Spring Security, which knows who asks.
 */
final class AnonymousBodyLimit implements WebFilter {

    private static final int MAX_BYTES = 16 << 10;
    private static final String TOO_LARGE =
            "The body of a request without a session is at most " + MAX_BYTES + " bytes";

    private final ProblemWriter problems;

    AnonymousBodyLimit(ProblemWriter problems) {
        this.problems = problems;
    }

    @Override
    public Mono<Void> filter(ServerWebExchange exchange, WebFilterChain chain) {
        HttpHeaders headers = exchange.getRequest().getHeaders();
        if (headers.getContentLength() <= 0 && !headers.containsHeader(HttpHeaders.TRANSFER_ENCODING)) {
            return chain.filter(exchange); // there is no body (RFC 9112, 6.3)
        }
        return exchange.getPrincipal()
                .hasElement()
                .flatMap(session -> session ? chain.filter(exchange) : filterAnonymous(exchange, chain));
    }

    private Mono<Void> filterAnonymous(ServerWebExchange exchange, WebFilterChain chain) {
        ServerHttpRequest request = exchange.getRequest();
        if (request.getHeaders().getContentLength() > MAX_BYTES) {
            return problems.write(exchange, HttpStatus.CONTENT_TOO_LARGE, TOO_LARGE);
        }
        return chain.filter(
                exchange.mutate().request(new LimitedRequest(request)).build());
    }

    /** Of a request that does not say how long its body is. */
    private static final class LimitedRequest extends ServerHttpRequestDecorator {

        LimitedRequest(ServerHttpRequest request) {
            super(request);
        }

        @Override
        public Flux<DataBuffer> getBody() {
            return Flux.defer(() -> {
                var left = new int[] {MAX_BYTES};
                return super.getBody().handle((buffer, sink) -> {
                    left[0] -= buffer.readableByteCount();
                    if (left[0] >= 0) {
                        sink.next(buffer);
                    } else {
                        DataBufferUtils.release(buffer);
                        sink.error(new ProblemException(HttpStatus.CONTENT_TOO_LARGE, TOO_LARGE));
                    }
                });
            });
        }
    }
}
