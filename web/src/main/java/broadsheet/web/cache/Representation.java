package broadsheet.web.cache;

import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;

/** The headers and the bytes of an answer in one encoding. */
final class Representation {

    private final HttpHeaders headers;
    private final byte[] body;

    Representation(HttpHeaders headers, byte[] body) {
        this.headers = headers;
        this.body = body;
    }

    HttpHeaders headers() {
        return headers;
    }

    byte[] body() {
        return body;
    }

    /** Whether the client has this already (RFC 9110, 13.1.2: compared weakly). */
    boolean isKnownBy(@Nullable String ifNoneMatch) {
        String eTag = headers.getFirst(HttpHeaders.ETAG);
        return ifNoneMatch != null
                && eTag != null
                && (ifNoneMatch.strip().equals("*") || ifNoneMatch.contains(opaque(eTag)));
    }

    private static String opaque(String eTag) {
        return eTag.startsWith("W/") ? eTag.substring(2) : eTag;
    }
}
