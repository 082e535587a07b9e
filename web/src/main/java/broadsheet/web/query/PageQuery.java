package broadsheet.web.query;

import static java.util.stream.Collectors.joining;
import static java.util.stream.Collectors.toUnmodifiableSet;

import java.util.Arrays;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.web.reactive.result.method.annotation.RequestMappingHandlerMapping;

/**
 * The part of a query string that a page can depend on: the parameters that some page declares by {@code @RequestParam}.
 * Whoever shares a link adds others ({@code fbclid}, {@code utm_source}), and the page stays the same. Calls to the API
 * refuse what they do not know, so theirs is left as it is.
 *
 * @param declared the names that pages declare
 */
public record PageQuery(Set<String> declared) {

    public static PageQuery of(Stream<RequestMappingHandlerMapping> mappings) {
        return new PageQuery(mappings.flatMap(mapping -> mapping.getHandlerMethods().entrySet().stream())
                .filter(method -> method.getKey().getPatternsCondition().getPatterns().stream()
                        .noneMatch(pattern -> isCall(pattern.getPatternString())))
                .flatMap(method -> DeclaredQueryParameters.of(method.getValue()).stream())
                .collect(toUnmodifiableSet()));
    }

    /** The query without what no page declares; a name that is encoded is kept, since nobody shares links like that. */
    public @Nullable String relevant(String path, @Nullable String query) {
        if (query == null || isCall(path)) {
            return query;
        }
        String relevant =
                Arrays.stream(query.split("&")).filter(this::isDeclared).collect(joining("&"));
        return relevant.isEmpty() ? null : relevant;
    }

    static boolean isCall(String path) {
        return path.startsWith("/api/");
    }

    private boolean isDeclared(String parameter) {
        String name = parameter.split("=", 2)[0];
        return declared.contains(name) || name.contains("%") || name.contains("+");
    }
}
