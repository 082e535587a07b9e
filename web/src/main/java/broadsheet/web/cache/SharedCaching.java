package broadsheet.web.cache;

import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;
import org.springframework.http.HttpHeaders;

/** The response headers that speak to the shared cache (RFC 9111, 5.2.2), and what clients see of them. */
final class SharedCaching {

    /** Names what the answer depends on, separated by spaces; never sent to a client. */
    static final String SURROGATE_KEY = "Surrogate-Key";

    private static final String S_MAXAGE = "s-maxage=";
    private static final Pattern SECONDS_SHARED = Pattern.compile(S_MAXAGE + "\\d{1,9}");
    private static final Pattern KEPT_BY_CLIENTS = Pattern.compile("max-age=0*[1-9]\\d*");
    private static final Set<String> FORBID_SHARING = Set.of("private", "no-store", "no-cache");

    /** Those of the key, and those whose requests the cache leaves alone or, {@code Origin}, nothing here goes by. */
    private static final Set<String> MAY_VARY_BY =
            Set.of("accept", "accept-encoding", "authorization", "cookie", "origin");

    private SharedCaching() {}

    /** How long a shared cache may call the answer fresh; zero where it must not store it. */
    static Duration sharedFor(HttpHeaders headers) {
        List<String> directives = directives(headers);
        if (!directives.contains("public") || directives.stream().anyMatch(FORBID_SHARING::contains)) {
            return Duration.ZERO;
        }
        return directives.stream()
                .filter(SECONDS_SHARED.asMatchPredicate())
                .map(directive -> Duration.ofSeconds(Long.parseLong(directive.substring(S_MAXAGE.length()))))
                .findFirst()
                .orElse(Duration.ZERO);
    }

    static boolean variesByOtherHeaders(HttpHeaders headers) {
        return headers.getVary().stream()
                .map(name -> name.toLowerCase(Locale.ROOT))
                .anyMatch(name -> !MAY_VARY_BY.contains(name));
    }

    static List<String> surrogateKeys(HttpHeaders headers) {
        return headers.getOrEmpty(SURROGATE_KEY).stream()
                .flatMap(value -> Arrays.stream(value.split(" ")))
                .filter(key -> !key.isEmpty())
                .toList();
    }

    /**
     * Caches between us and readers learn nothing of {@code s-maxage}: what is withdrawn here must not live on there. They
     * may keep the answer if they ask each time, which costs a 304, or for a positive {@code max-age}.
     */
    static void hideFromClient(HttpHeaders headers) {
        headers.remove(SURROGATE_KEY);
        List<String> directives = directives(headers);
        if (directives.stream().noneMatch(directive -> directive.startsWith(S_MAXAGE))) {
            return;
        }
        List<String> rest = directives.stream()
                .filter(directive -> !directive.startsWith(S_MAXAGE))
                .toList();
        boolean kept = rest.stream().anyMatch(KEPT_BY_CLIENTS.asMatchPredicate());
        headers.setCacheControl(kept ? String.join(", ", rest) : "no-cache");
    }

    private static List<String> directives(HttpHeaders headers) {
        return headers.getOrEmpty(HttpHeaders.CACHE_CONTROL).stream()
                .flatMap(value -> Arrays.stream(value.split(",")))
                .map(directive -> directive.strip().toLowerCase(Locale.ROOT))
                .toList();
    }
}
