package broadsheet.web.problem;

import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;
import org.springframework.web.server.ServerWebExchange;

/** Whose errors are the site's error page: those of a browser that opens a page. Everything else gets problem details. */
public final class ErrorPages {

    private ErrorPages() {}

    public static boolean areFor(ServerWebExchange exchange) {
        String accepted = exchange.getRequest().getHeaders().getFirst(HttpHeaders.ACCEPT);
        return accepted != null
                && accepted.contains(MediaType.TEXT_HTML_VALUE)
                && !exchange.getRequest().getPath().value().startsWith("/api/");
    }
}
