package broadsheet.web.access;

import java.util.HashMap;
import java.util.Map;
import org.springframework.http.HttpHeaders;

/** The headers that Spring Security sets on every answer, for answers that are given ahead of it. */
public record SecurityHeaders(Map<String, String> values) {

    /** Where a service's chain says nothing else. */
    public static final SecurityHeaders STANDARD = new SecurityHeaders(Map.of(
            "X-Content-Type-Options", "nosniff",
            "X-Frame-Options", "DENY",
            "X-XSS-Protection", "0",
            "Referrer-Policy", "no-referrer"));

    public SecurityHeaders {
        values = Map.copyOf(values);
    }

    public SecurityHeaders with(String name, String value) {
        var more = new HashMap<>(values);
        more.put(name, value);
        return new SecurityHeaders(more);
    }

    public void setOn(HttpHeaders headers) {
        values.forEach(headers::set);
    }
}
