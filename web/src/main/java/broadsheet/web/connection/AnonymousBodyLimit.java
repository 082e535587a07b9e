package broadsheet.web.connection;

import broadsheet.web.problem.ProblemException;
import broadsheet.web.problem.ProblemWriter;
import org.springframework.core.io.buffer.DataBuffer;
import org.springframework.core.io.buffer.DataBufferUtils;
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

    private final ProblemWriter problems;
    private final int maxBytes;

    AnonymousBodyLimit(ProblemWriter problems, int maxBytes) {
        this.problems = problems;
        this.maxBytes = maxBytes;
    }

    @Override
    public Mono<Void> filter(ServerWebExchange exchange, WebFilterChain chain) {
        return exchange.getPrincipal()
                .hasElement()
                .flatMap(session -> session ? chain.filter(exchange) : filterAnonymous(exchange, chain));
    }

    private Mono<Void> filterAnonymous(ServerWebExchange exchange, WebFilterChain chain) {
        ServerHttpRequest request = exchange.getRequest();
        if (request.getHeaders().getContentLength() > maxBytes) {
            return problems.write(exchange, HttpStatus.CONTENT_TOO_LARGE, tooLarge());
        }
        return chain.filter(
                exchange.mutate().request(new LimitedRequest(request)).build());
    }

    private String tooLarge() {
        return "The body of a request without a session is at most " + maxBytes + " bytes";
    }

    /** Of a request that does not say how long its body is. */
    private final class LimitedRequest extends ServerHttpRequestDecorator {

        LimitedRequest(ServerHttpRequest request) {
            super(request);
        }

        @Override
        public Flux<DataBuffer> getBody() {
            return Flux.defer(() -> {
                var left = new int[] {maxBytes};
                return super.getBody().handle((buffer, sink) -> {
                    left[0] -= buffer.readableByteCount();
                    if (left[0] >= 0) {
                        sink.next(buffer);
                    } else {
                        DataBufferUtils.release(buffer);
                        sink.error(new ProblemException(HttpStatus.CONTENT_TOO_LARGE, tooLarge()));
                    }
                });
            });
        }
    }
}
