package broadsheet.article.audit;

import broadsheet.web.access.ApiTokenCalls;
import broadsheet.web.audit.AuditEntry;
import broadsheet.web.connection.ClientAddress;
import java.security.Principal;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.springframework.core.annotation.Order;
import org.springframework.http.HttpMethod;
import org.springframework.http.HttpStatusCode;
import org.springframework.stereotype.Component;
import org.springframework.web.method.HandlerMethod;
import org.springframework.web.reactive.HandlerMapping;
import org.springframework.web.server.ServerWebExchange;
import org.springframework.web.server.WebFilter;
import org.springframework.web.server.WebFilterChain;
import reactor.core.publisher.Mono;
import reactor.core.publisher.SignalType;

/**
 * An entry for each call of this service by which staff changes something, and for each export; but for the calls whose
 * controllers say more in an entry of their own. One that its client left before the answer has no status: it may have been done.
 */
@Component
@Order(1) // after Spring Security, which knows who calls
class CallAudit implements WebFilter {

    private static final Set<HttpMethod> READING = Set.of(HttpMethod.GET, HttpMethod.HEAD, HttpMethod.OPTIONS);
    private static final String EXPORTS = "/api/exports/";
    private static final String SERVICE = "broadsheet.article.";
    private static final List<String> WITH_ENTRIES_OF_THEIR_OWN = List.of(
            SERVICE + "account.",
            SERVICE + "session.",
            SERVICE + "token.",
            SERVICE + "category.",
            SERVICE + "view.",
            SERVICE + "editing.TransitionController");

    @Override
    public Mono<Void> filter(ServerWebExchange exchange, WebFilterChain chain) {
        if (READING.contains(exchange.getRequest().getMethod())
                && !exchange.getRequest().getPath().value().startsWith(EXPORTS)) {
            return chain.filter(exchange);
        }
        return exchange.getPrincipal()
                .map(Optional::of)
                .defaultIfEmpty(Optional.empty())
                .flatMap(who -> who.isEmpty()
                        ? chain.filter(exchange)
                        : chain.filter(exchange).doFinally(end -> audit(exchange, who.get(), end)));
    }

    private static void audit(ServerWebExchange exchange, Principal who, SignalType end) {
        HttpStatusCode status = exchange.getResponse().getStatusCode();
        boolean left = end == SignalType.CANCEL;
        if (isOurs(exchange)
                && (left || (end == SignalType.ON_COMPLETE && (status == null || status.is2xxSuccessful())))) {
            var entry = AuditEntry.of("call-made")
                    .with("method", exchange.getRequest().getMethod())
                    .with("path", exchange.getRequest().getPath().value())
                    .with("status", left || status == null ? "-" : status.value())
                    .with("username", who.getName());
            ApiTokenCalls.tokenId(who).ifPresent(token -> entry.with("token", token));
            entry.with("address", ClientAddress.of(exchange.getRequest())).log();
        }
    }

    private static boolean isOurs(ServerWebExchange exchange) {
        if (exchange.getAttribute(HandlerMapping.BEST_MATCHING_HANDLER_ATTRIBUTE) instanceof HandlerMethod handler) {
            String controller = handler.getBeanType().getName();
            return controller.startsWith(SERVICE)
                    && WITH_ENTRIES_OF_THEIR_OWN.stream().noneMatch(controller::startsWith);
        }
        return false;
    }
}
