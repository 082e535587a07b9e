package broadsheet.web.query;

import broadsheet.web.problem.FieldError;
import broadsheet.web.problem.InvalidFieldException;
import java.util.List;
import java.util.Set;
import org.springframework.web.method.HandlerMethod;
import org.springframework.web.reactive.result.method.RequestMappingInfo;
import org.springframework.web.reactive.result.method.annotation.RequestMappingHandlerMapping;
import org.springframework.web.server.ServerWebExchange;

/**
 * Refuses a call to the API with a query parameter that its method does not declare: one that is misspelt would do
 * nothing, unnoticed. Pages take any, since whoever shares a link adds parameters of his own ({@code fbclid}).
 */
final class StrictQueryHandlerMapping extends RequestMappingHandlerMapping {

    private final DeclaredQueryParameters declared = new DeclaredQueryParameters();

    @Override
    protected void handleMatch(RequestMappingInfo mapping, HandlerMethod method, ServerWebExchange exchange) {
        super.handleMatch(mapping, method, exchange);
        Set<String> names = exchange.getRequest().getQueryParams().keySet();
        if (names.isEmpty() || !PageQuery.isCall(exchange.getRequest().getPath().value())) {
            return;
        }
        List<String> unknown = declared.unknown(method, names);
        if (!unknown.isEmpty()) {
            throw new InvalidFieldException(unknown.stream()
                    .map(name -> new FieldError(name, "is not a parameter of this call"))
                    .toList());
        }
    }
}
