package broadsheet.web.cache;

import broadsheet.web.query.PageQuery;
import java.net.URI;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;
import org.springframework.http.server.reactive.ServerHttpRequest;

/**
 * What makes two requests the same to the cache, and all that the origin learns of a request: no {@code Host} and no other
 * header, so that nothing one client sends can change what others get.
 *
 * @param secure whether the client came by https
 * @param path as it was sent, still encoded
 * @param query without what no page depends on
 * @param accept what the client accepts; the same for all browsers that open a page
 */
record CacheKey(boolean secure, String path, @Nullable String query, String accept) {

    private static final String ACCEPT_OF_BROWSERS = "text/html,*/*;q=0.8";

    static CacheKey of(ServerHttpRequest request, PageQuery pages) {
        URI uri = request.getURI();
        String path = uri.getRawPath();
        return new CacheKey(
                "https".equals(uri.getScheme()),
                path,
                pages.relevant(path, uri.getRawQuery()),
                accept(request.getHeaders()));
    }

    private static String accept(HttpHeaders headers) {
        String accept = headers.getFirst(HttpHeaders.ACCEPT);
        if (accept == null) {
            return MediaType.ALL_VALUE;
        }
        return accept.contains(MediaType.TEXT_HTML_VALUE) && accept.contains(MediaType.ALL_VALUE)
                ? ACCEPT_OF_BROWSERS
                : accept;
    }

    URI uri() {
        return URI.create((secure ? "https" : "http") + "://localhost" + path + (query == null ? "" : "?" + query));
    }

    /** About how many bytes it takes. */
    int weight() {
        return path.length() + (query == null ? 0 : query.length()) + accept.length();
    }
}
