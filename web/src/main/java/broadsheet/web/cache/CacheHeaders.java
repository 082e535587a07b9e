package broadsheet.web.cache;

import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;

/** The response headers by which an answer asks the shared cache to keep it, and what clients see of them. */
public final class CacheHeaders {

    /** Names what the answer depends on, separated by spaces; never sent to a client. */
    public static final String SURROGATE_KEY = "Surrogate-Key";

    private static final String SHARED_AGE = "s-maxage=";
    private static final Set<String> ONLY_FOR_SHARED_CACHES =
            Set.of("s-maxage", "stale-while-revalidate", "stale-if-error", "proxy-revalidate");
    private static final Set<String> FORBID_SHARING = Set.of("private", "no-store", "no-cache");

    private CacheHeaders() {}

    /** Lets the shared cache keep an answer for a second, until one of the keys is dropped. */
    public static Consumer<HttpHeaders> shared(String... surrogateKeys) {
        return headers -> {
            headers.set(HttpHeaders.CACHE_CONTROL, "public, s-maxage=1");
            headers.set(SURROGATE_KEY, String.join(" ", surrogateKeys));
        };
    }

    /** How long a shared cache may call the answer fresh; null where it must not keep it. */
    static @Nullable Duration sharedFor(HttpHeaders headers) {
        List<String> directives = directives(headers);
        if (!directives.contains("public") || directives.stream().anyMatch(FORBID_SHARING::contains)) {
            return null;
        }
        return directives.stream()
                .filter(directive -> directive.startsWith(SHARED_AGE))
                .map(directive -> seconds(directive.substring(SHARED_AGE.length())))
                .findFirst()
                .filter(age -> !age.isZero() && !age.isNegative())
                .orElse(null);
    }

    static List<String> surrogateKeys(HttpHeaders headers) {
        return headers.getOrEmpty(SURROGATE_KEY).stream()
                .flatMap(value -> Arrays.stream(value.split(" ")))
                .filter(key -> !key.isEmpty())
                .distinct()
                .toList();
    }

    /**
     * Caches between us and readers hear nothing of {@code s-maxage}: what is withdrawn here must not live on there. They
     * may keep the answer if they ask each time, which costs a 304, or as long as {@code max-age} says where it is given.
     */
    static void hideFromClients(HttpHeaders headers) {
        headers.remove(SURROGATE_KEY);
        if (sharedFor(headers) == null) {
            return;
        }
        List<String> rest = directives(headers).stream()
                .filter(directive -> !ONLY_FOR_SHARED_CACHES.contains(directive.split("=", 2)[0]))
                .toList();
        boolean kept = rest.stream().anyMatch(directive -> directive.startsWith("max-age="));
        headers.set(HttpHeaders.CACHE_CONTROL, kept ? String.join(", ", rest) : "no-cache");
    }

    static Set<String> varying(HttpHeaders headers) {
        return headers.getVary().stream()
                .map(name -> name.toLowerCase(Locale.ROOT))
                .collect(Collectors.toUnmodifiableSet());
    }

    private static List<String> directives(HttpHeaders headers) {
        return headers.getOrEmpty(HttpHeaders.CACHE_CONTROL).stream()
                .flatMap(value -> Arrays.stream(value.split(",")))
                .map(directive -> directive.strip().toLowerCase(Locale.ROOT))
                .toList();
    }

    private static Duration seconds(String number) {
        try {
            return Duration.ofSeconds(Long.parseLong(number));
        } catch (NumberFormatException e) {
            return Duration.ZERO;
        }
    }
}
