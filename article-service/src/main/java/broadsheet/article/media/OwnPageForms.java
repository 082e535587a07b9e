package broadsheet.article.media;

import broadsheet.web.problem.ProblemException;
import java.net.URI;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.server.reactive.ServerHttpRequest;

/**
 * Lets a form come from a page of our own only: a browser sends one to any site without asking it first, and staff's cookie
 * along with it where the page is of another host of the same site.
 */
final class OwnPageForms {

    private OwnPageForms() {}

    /** A token in {@code Authorization} is nothing that a browser sends by itself. */
    static void require(ServerHttpRequest request) {
        HttpHeaders headers = request.getHeaders();
        String origin = headers.getOrigin();
        if (headers.getFirst(HttpHeaders.AUTHORIZATION) == null
                && origin != null
                && !"same-origin".equals(headers.getFirst("Sec-Fetch-Site"))
                && !isOf(origin, headers.getFirst(HttpHeaders.HOST))) {
            throw new ProblemException(HttpStatus.FORBIDDEN, "A page of " + origin + " may not send this form");
        }
    }

    private static boolean isOf(String origin, @Nullable String host) {
        try {
            return host != null && host.equalsIgnoreCase(URI.create(origin).getAuthority());
        } catch (IllegalArgumentException e) {
            return false;
        }
    }
}
