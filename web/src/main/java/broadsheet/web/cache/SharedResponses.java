package broadsheet.web.cache;

import java.util.function.Consumer;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpMethod;
import org.springframework.http.server.reactive.ServerHttpRequest;
import org.springframework.web.server.ServerWebExchange;
import reactor.core.publisher.Mono;

/** How a controller lets the shared cache store its answer, and learns of each time that it is served. */
public final class SharedResponses {

    private SharedResponses() {}

    /**
     * Lets the cache serve this answer to everyone for a second, or until one of the keys is dropped. Only for what does not
     * depend on who asks.
     */
    public static void share(ServerWebExchange exchange, String... surrogateKeys) {
        HttpHeaders headers = exchange.getResponse().getHeaders();
        headers.setCacheControl("public, max-age=0, s-maxage=1");
        headers.set(SharedCaching.SURROGATE_KEY, String.join(" ", surrogateKeys));
    }

    /**
     * Runs the action with the client's request each time this answer is served: the first time included, as 304 too, for
     * HEAD never. It must not block and must not depend on the exchange, which ends before it.
     */
    public static void onEachServed(ServerWebExchange exchange, Consumer<ServerHttpRequest> action) {
        ServerHttpRequest request = exchange.getRequest();
        OriginRequest origin = OriginRequest.of(request);
        if (origin != null) {
            origin.onEachServed(action);
        } else if (!HttpMethod.HEAD.equals(request.getMethod())) {
            exchange.getResponse().beforeCommit(() -> Mono.fromRunnable(() -> action.accept(request)));
        }
    }
}
