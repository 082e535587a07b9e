package broadsheet.web.cache;

import java.net.URI;
import java.util.Arrays;
import java.util.Comparator;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;
import org.springframework.http.server.reactive.ServerHttpRequest;
import org.springframework.util.StringUtils;

/**
 * What makes two requests the same to the cache: the address, with its query parameters in the order of their names, and
 * what the client accepts, reduced to whether it opens a page.
 *
 * @param language the client's {@code Accept-Language}, empty for addresses whose answers do not vary by it
 */
record CacheKey(
        @Nullable String scheme,
        @Nullable String authority,
        String path,
        @Nullable String query,
        boolean page,
        String language) {

    static CacheKey of(ServerHttpRequest request) {
        URI uri = request.getURI();
        return new CacheKey(
                uri.getScheme(),
                uri.getRawAuthority(),
                uri.getRawPath(),
                normalised(uri.getRawQuery()),
                opensPage(request.getHeaders()),
                "");
    }

    boolean hasLanguage() {
        return !language.isEmpty();
    }

    /** The key of what a client of these languages gets. */
    CacheKey in(HttpHeaders headers) {
        String accepted = headers.getFirst(HttpHeaders.ACCEPT_LANGUAGE);
        String normalised =
                accepted == null ? "*" : StringUtils.trimAllWhitespace(accepted).toLowerCase(Locale.ROOT);
        return new CacheKey(scheme, authority, path, query, page, normalised);
    }

    /** About how many bytes it takes. */
    int weight() {
        return path.length() + (query == null ? 0 : query.length()) + language.length();
    }

    /** How the origin is asked: every client of this key gets the same answer. */
    String accept() {
        return page ? "text/html,*/*;q=0.8" : MediaType.ALL_VALUE;
    }

    private static boolean opensPage(HttpHeaders headers) {
        String accepted = headers.getFirst(HttpHeaders.ACCEPT);
        return accepted != null && accepted.contains(MediaType.TEXT_HTML_VALUE);
    }

    /** Parameters of one name keep their order, since it may mean something. */
    private static @Nullable String normalised(@Nullable String query) {
        if (query == null || query.indexOf('&') < 0) {
            return query;
        }
        String[] parameters = query.split("&", -1);
        Arrays.sort(parameters, Comparator.comparing(parameter -> parameter.split("=", 2)[0]));
        return String.join("&", parameters);
    }
}
