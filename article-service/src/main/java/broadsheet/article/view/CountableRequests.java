package broadsheet.article.view;

import java.net.URI;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpMethod;
import org.springframework.http.server.reactive.ServerHttpRequest;
import org.springframework.stereotype.Component;

/**
 * Decides which requests count as a view: no prefetch, nothing that another site's page embeds or sends. It goes by what
 * browsers say (Fetch Metadata, {@code Origin}), so a request without those headers counts, such as one of curl or an app.
 */
@Component
class CountableRequests {

    /** None where the setting names none. */
    private final @Nullable URI own;

    CountableRequests(ViewProperties properties) {
        String origin = properties.ownOrigin();
        this.own = origin == null || origin.isBlank() ? null : URI.create(origin);
    }

    /** Whether it is a view when this request reads an article; a followed link is, whichever site it stood on. */
    boolean isView(ServerHttpRequest request) {
        HttpHeaders headers = request.getHeaders();
        if (HttpMethod.HEAD.equals(request.getMethod()) || isPrefetch(headers)) {
            return false;
        }
        return switch (destination(headers)) {
            case "document" -> true;
            case "empty" -> !isCrossSite(request); // by a script, or by what is no browser
            default -> false; // an image, a frame, a style sheet
        };
    }

    /** What the answer is for; browsers that do not say so accept images alone, or images first, where they show one. */
    private static String destination(HttpHeaders headers) {
        String destination = headers.getFirst("Sec-Fetch-Dest");
        if (destination != null) {
            return destination;
        }
        String accept = headers.getFirst(HttpHeaders.ACCEPT);
        return accept != null && accept.startsWith("image/") ? "image" : "empty";
    }

    /**
     * Whether a page of another site made this request. A browser's {@code Sec-Fetch-Site} decides where it says so; else
     * {@code Origin}, which is ours where it is the one that the setting names or, without a setting, names the host that
     * the request was sent to.
     */
    boolean isCrossSite(ServerHttpRequest request) {
        HttpHeaders headers = request.getHeaders();
        String site = headers.getFirst("Sec-Fetch-Site");
        if ("cross-site".equals(site)) {
            return true;
        }
        String origin = headers.getFirst(HttpHeaders.ORIGIN);
        return origin == null
                ? "same-site".equals(site)
                : !"same-origin".equals(site) && !isOwn(origin, headers.getFirst(HttpHeaders.HOST));
    }

    private boolean isOwn(String origin, @Nullable String host) {
        try {
            URI from = URI.create(origin);
            return from.getAuthority() != null
                    && (own == null
                            ? from.getAuthority().equalsIgnoreCase(host)
                            : from.getAuthority().equalsIgnoreCase(own.getAuthority())
                                    && from.getScheme().equalsIgnoreCase(own.getScheme()));
        } catch (IllegalArgumentException e) {
            return false;
        }
    }

    private static boolean isPrefetch(HttpHeaders headers) {
        return contains(headers, "Sec-Purpose", "prefetch")
                || contains(headers, "Purpose", "prefetch")
                || contains(headers, "X-Purpose", "preview")
                || contains(headers, "X-Moz", "prefetch");
    }

    private static boolean contains(HttpHeaders headers, String name, String word) {
        String value = headers.getFirst(name);
        return value != null && value.contains(word);
    }
}
