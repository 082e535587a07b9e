package broadsheet.web.cache;

import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.web.server.ServerWebExchange;
import org.springframework.web.server.WebFilter;
import org.springframework.web.server.WebFilterChain;
import reactor.core.publisher.Mono;

/** Keeps the origin request as an attribute of its exchange, where {@link ServedResponses} finds it. */
@Order(Ordered.HIGHEST_PRECEDENCE)
final class OriginFilter implements WebFilter {

    static final String ORIGIN_REQUEST = OriginRequest.class.getName();

    @Override
    public Mono<Void> filter(ServerWebExchange exchange, WebFilterChain chain) {
        OriginRequest origin = OriginRequest.of(exchange.getRequest());
        if (origin != null) {
            exchange.getAttributes().put(ORIGIN_REQUEST, origin);
        }
        return chain.filter(exchange);
    }
}
