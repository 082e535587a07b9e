package broadsheet.web.query;

import broadsheet.web.problem.FieldError;
import broadsheet.web.problem.InvalidFieldException;
import java.util.List;
import org.springframework.util.MultiValueMap;
import org.springframework.web.method.HandlerMethod;
import org.springframework.web.reactive.result.method.RequestMappingInfo;
import org.springframework.web.reactive.result.method.annotation.RequestMappingHandlerMapping;
import org.springframework.web.server.ServerWebExchange;

/**
 * Refuses a call to the API with a query parameter that its method does not declare, or with a second value where it
 * takes one: what is misspelt or sent twice would do nothing, unnoticed. Pages take any, since whoever shares a link adds
 * parameters of their own ({@code fbclid}).
 */
final class StrictQueryHandlerMapping extends RequestMappingHandlerMapping {

    private final DeclaredQueryParameters declared = new DeclaredQueryParameters();

    @Override
    protected void handleMatch(RequestMappingInfo mapping, HandlerMethod method, ServerWebExchange exchange) {
        super.handleMatch(mapping, method, exchange);
        MultiValueMap<String, String> query = exchange.getRequest().getQueryParams();
        if (query.isEmpty() || !PageQuery.isCall(exchange.getRequest().getPath().value())) {
            return;
        }
        List<FieldError> errors = declared.errors(method, query);
        if (!errors.isEmpty()) {
            throw new InvalidFieldException(errors);
        }
    }
}
