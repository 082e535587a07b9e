package broadsheet.web.query;

import java.lang.reflect.Method;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.springframework.core.MethodParameter;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.method.HandlerMethod;

/** The query parameters that a controller's method declares by {@code @RequestParam}. */
final class DeclaredQueryParameters {

    private final Map<Method, Set<String>> declared = new ConcurrentHashMap<>();

    /** The names among these that the method does not declare. */
    List<String> unknown(HandlerMethod method, Set<String> names) {
        Set<String> known = declared.computeIfAbsent(method.getMethod(), any -> of(method));
        return names.stream().filter(name -> !known.contains(name)).toList();
    }

    static Set<String> of(HandlerMethod method) {
        return Arrays.stream(method.getMethodParameters())
                .flatMap(DeclaredQueryParameters::names)
                .collect(Collectors.toUnmodifiableSet());
    }

    private static Stream<String> names(MethodParameter parameter) {
        var single = parameter.getParameterAnnotation(RequestParam.class);
        if (single == null) {
            return Stream.empty();
        }
        return Stream.of(single.name().isEmpty() ? String.valueOf(parameter.getParameterName()) : single.name());
    }
}
