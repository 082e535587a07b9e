package broadsheet.web.audit;

import broadsheet.web.connection.ClientAddress;
import java.security.Principal;
import org.springframework.http.HttpStatusCode;
import org.springframework.web.server.ServerWebExchange;
import reactor.core.publisher.Mono;

/** Calls that are answered 401 or 403, in the audit trail. */
public final class DeniedCallAudit {

    private static final String NOBODY = "-";

    private DeniedCallAudit() {}

    /** Logs the call once subscribed to. */
    public static Mono<Void> log(ServerWebExchange exchange, HttpStatusCode status) {
        return exchange.getPrincipal()
                .map(Principal::getName)
                .defaultIfEmpty(NOBODY)
                .doOnNext(username -> AuditEntry.of("call-denied")
                        .with("status", status.value())
                        .with("method", exchange.getRequest().getMethod())
                        .with("path", exchange.getRequest().getPath().value())
                        .with("username", username)
                        .with("address", ClientAddress.of(exchange.getRequest()))
                        .logUnlessTooMany(source(username, exchange)))
                .then();
    }

    private static String source(String username, ServerWebExchange exchange) {
        return username.equals(NOBODY) ? ClientAddress.network(exchange.getRequest()) : username;
    }
}
