package broadsheet.web.cache;

import java.util.function.Consumer;
import org.springframework.http.HttpMethod;
import org.springframework.http.server.reactive.ServerHttpRequest;
import org.springframework.web.server.ServerWebExchange;
import reactor.core.publisher.Mono;

/** What happens each time an answer is served, from the cache or past it. */
public final class ServedResponses {

    private ServedResponses() {}

    /**
     * Runs the action with the client's request each time this answer is served: the first time included, as 304 too, for
     * HEAD never. The action must not block and must not depend on the exchange, which ends before it.
     */
    public static void onEachServed(ServerWebExchange exchange, Consumer<ServerHttpRequest> action) {
        if (exchange.getAttribute(OriginFilter.ORIGIN_REQUEST) instanceof OriginRequest origin) {
            origin.onEachServed(action);
        } else if (!HttpMethod.HEAD.equals(exchange.getRequest().getMethod())) {
            exchange.getResponse().beforeCommit(() -> Mono.fromRunnable(() -> action.accept(exchange.getRequest())));
        }
    }
}
