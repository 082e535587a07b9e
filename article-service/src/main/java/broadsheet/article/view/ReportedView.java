package broadsheet.article.view;

import broadsheet.web.access.SessionTokens;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpMethod;
import org.springframework.http.MediaType;
import org.springframework.http.server.reactive.ServerHttpRequest;
import org.springframework.util.MultiValueMap;

/**
 * A view that a page or an app reports in the plain way: without a session, a body, or anything that might be answered in
 * another way than by taking the view.
 *
 * @param referrer the address that led to the article
 * @param alert the id that the link of an alert brought
 */
record ReportedView(
        String articleId,
        @Nullable String referrer,
        @Nullable String alert) {

    private static final String BEFORE_ID = "/api/articles/";
    private static final String AFTER_ID = "/views";
    private static final String REFERRER = "referrer";
    private static final String ALERT = "alert";

    /** Null for any other request. */
    static @Nullable ReportedView of(ServerHttpRequest request) {
        if (!HttpMethod.POST.equals(request.getMethod())) {
            return null;
        }
        String path = request.getPath().value();
        return path.startsWith(BEFORE_ID) && path.endsWith(AFTER_ID) && isPlain(request)
                ? of(path.substring(BEFORE_ID.length(), path.length() - AFTER_ID.length()), request)
                : null;
    }

    private static @Nullable ReportedView of(String articleId, ServerHttpRequest request) {
        if (request.getURI().getRawQuery() == null) {
            return new ReportedView(articleId, null, null);
        }
        MultiValueMap<String, String> query = request.getQueryParams();
        for (var parameter : query.entrySet()) {
            if (!isPlain(parameter.getKey(), parameter.getValue())) {
                return null;
            }
        }
        return new ReportedView(articleId, query.getFirst(REFERRER), query.getFirst(ALERT));
    }

    private static boolean isPlain(String parameter, List<String> values) {
        String value = values.size() == 1 ? values.get(0) : null;
        return value != null
                && switch (parameter) {
                    case REFERRER -> isPrintable(value);
                    case ALERT -> AlertIds.isOne(value);
                    default -> false;
                };
    }

    private static boolean isPlain(ServerHttpRequest request) {
        HttpHeaders headers = request.getHeaders();
        String accept = headers.getFirst(HttpHeaders.ACCEPT);
        String userAgent = headers.getFirst(HttpHeaders.USER_AGENT);
        String cookies = headers.getFirst(HttpHeaders.COOKIE);
        return headers.getFirst(HttpHeaders.AUTHORIZATION) == null
                && (cookies == null || !request.getCookies().containsKey(SessionTokens.COOKIE))
                && headers.getFirst(HttpHeaders.TRANSFER_ENCODING) == null
                && headers.getContentLength() <= 0
                && (accept == null || accept.equals("*/*") || accept.equals(MediaType.APPLICATION_JSON_VALUE))
                && (userAgent == null || isPrintable(userAgent));
    }

    /** Spring Security's firewall refuses some other characters. */
    private static boolean isPrintable(String text) {
        for (int i = 0; i < text.length(); i++) { // a stream of its characters takes ten times as long
            if (text.charAt(i) < ' ' || text.charAt(i) > '~') {
                return false;
            }
        }
        return true;
    }
}
