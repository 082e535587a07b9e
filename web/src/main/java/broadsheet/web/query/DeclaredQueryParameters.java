package broadsheet.web.query;

import broadsheet.web.problem.FieldError;
import java.lang.reflect.Method;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.core.MethodParameter;
import org.springframework.util.MultiValueMap;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.method.HandlerMethod;

/** The query parameters that a controller's method declares by {@code @RequestParam}. */
final class DeclaredQueryParameters {

    private final Map<Method, Map<String, MethodParameter>> declared = new ConcurrentHashMap<>();

    /** What is wrong with the parameters of a call: a name that is unknown, or several values where one is taken. */
    List<FieldError> errors(HandlerMethod method, MultiValueMap<String, String> query) {
        Map<String, MethodParameter> known = declared.computeIfAbsent(method.getMethod(), any -> byName(method));
        return query.entrySet().stream()
                .flatMap(sent -> error(sent.getKey(), sent.getValue(), known.get(sent.getKey())).stream())
                .toList();
    }

    static Set<String> of(HandlerMethod method) {
        return byName(method).keySet();
    }

    private static Optional<FieldError> error(String name, List<String> values, @Nullable MethodParameter parameter) {
        if (parameter == null) {
            return Optional.of(new FieldError(name, "is not a parameter of this call"));
        }
        return values.size() > 1 && parameter.getParameterType() != List.class
                ? Optional.of(new FieldError(name, "takes one value"))
                : Optional.empty();
    }

    private static Map<String, MethodParameter> byName(HandlerMethod method) {
        return Arrays.stream(method.getMethodParameters())
                .filter(parameter -> parameter.hasParameterAnnotation(RequestParam.class))
                .collect(Collectors.toUnmodifiableMap(DeclaredQueryParameters::name, parameter -> parameter));
    }

    private static String name(MethodParameter parameter) {
        var annotation = parameter.getParameterAnnotation(RequestParam.class);
        return annotation == null || annotation.name().isEmpty()
                ? String.valueOf(parameter.getParameterName())
                : annotation.name();
    }
}
