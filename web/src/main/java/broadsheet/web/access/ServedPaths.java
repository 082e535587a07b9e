package broadsheet.web.access;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Supplier;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.http.HttpMethod;
import org.springframework.http.server.PathContainer;
import org.springframework.util.function.SingletonSupplier;
import org.springframework.web.bind.annotation.RequestMethod;
import org.springframework.web.reactive.result.method.RequestMappingInfo;
import org.springframework.web.reactive.result.method.RequestMappingInfoHandlerMapping;
import org.springframework.web.server.ServerWebExchange;
import org.springframework.web.util.pattern.PathPattern;

/** The methods that the controllers serve at a path; none where there is no controller. */
final class ServedPaths {

    /** Of the controllers, which stay as they are once the service has started. */
    private final Supplier<List<RequestMappingInfo>> mappings;

    ServedPaths(ObjectProvider<RequestMappingInfoHandlerMapping> mappings) {
        this.mappings = SingletonSupplier.of(() -> mappings.stream()
                .flatMap(mapping -> mapping.getHandlerMethods().keySet().stream())
                .toList());
    }

    /** With HEAD beside GET and OPTIONS beside any, in the order of {@code Allow}. */
    Set<HttpMethod> methods(ServerWebExchange exchange) {
        PathContainer path = exchange.getRequest().getPath().pathWithinApplication();
        var methods = new LinkedHashSet<HttpMethod>();
        mappings.get().stream()
                .filter(mapping -> matches(mapping, path))
                .flatMap(mapping -> methods(mapping).stream())
                .sorted()
                .forEach(methods::add);
        if (methods.contains(HttpMethod.GET)) {
            methods.add(HttpMethod.HEAD);
        }
        if (!methods.isEmpty()) {
            methods.add(HttpMethod.OPTIONS);
        }
        return methods;
    }

    private static boolean matches(RequestMappingInfo mapping, PathContainer path) {
        for (PathPattern pattern : mapping.getPatternsCondition().getPatterns()) {
            if (pattern.matches(path)) {
                return true;
            }
        }
        return false;
    }

    private static List<HttpMethod> methods(RequestMappingInfo mapping) {
        Set<RequestMethod> methods = mapping.getMethodsCondition().getMethods();
        return methods.isEmpty()
                ? List.of(HttpMethod.values())
                : methods.stream().map(RequestMethod::asHttpMethod).toList();
    }
}
