package broadsheet.web.problem;

import java.util.List;
import org.springframework.http.HttpHeaders;
import org.springframework.web.server.ServerWebExchange;

/** Lets the shared HTTP cache serve a 404 to everyone for a second, so that made-up addresses do not reach the store. */
public final class SharedNotFound {

    /** What all 404s depend on: what was not there may be there after any change. */
    public static final String SURROGATE_KEY = "not-found";

    private SharedNotFound() {}

    public static void share(ServerWebExchange exchange) {
        HttpHeaders headers = exchange.getResponse().getHeaders();
        headers.setCacheControl("public, max-age=0, s-maxage=1");
        headers.set("Surrogate-Key", SURROGATE_KEY);
        headers.setVary(List.of(HttpHeaders.ACCEPT));
    }
}
