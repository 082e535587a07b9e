package broadsheet.web.access;

import static org.springframework.http.HttpStatus.FORBIDDEN;
import static org.springframework.http.HttpStatus.METHOD_NOT_ALLOWED;
import static org.springframework.http.HttpStatus.NOT_FOUND;
import static org.springframework.http.HttpStatus.NO_CONTENT;
import static org.springframework.http.HttpStatus.SERVICE_UNAVAILABLE;
import static org.springframework.http.HttpStatus.UNAUTHORIZED;

import broadsheet.web.audit.DeniedCallAudit;
import broadsheet.web.problem.ErrorPages;
import broadsheet.web.problem.ProblemWriter;
import broadsheet.web.problem.SharedNotFound;
import java.util.Set;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpMethod;
import org.springframework.web.server.ResponseStatusException;
import org.springframework.web.server.ServerWebExchange;
import reactor.core.publisher.Mono;

/**
 * The answer to a call that is not allowed: 404 where no controller serves the path, 405 where none serves the method,
 * else 401 to anyone and 403 to staff. No controller is reached in any case, so a 404 here gives nothing away: it says
 * only what {@code Allow} and the documentation say too.
 */
final class DeniedCalls {

    private static final String RETRY_AFTER_SECONDS = "1";

    private final ServedPaths served;
    private final StaffSessions sessions;
    private final ProblemWriter problems;

    DeniedCalls(ServedPaths served, StaffSessions sessions, ProblemWriter problems) {
        this.served = served;
        this.sessions = sessions;
        this.problems = problems;
    }

    Mono<Void> toAnyone(ServerWebExchange exchange) {
        return answer(exchange, Mono.defer(() -> signInFirst(exchange)));
    }

    Mono<Void> toStaff(ServerWebExchange exchange) {
        return answer(
                exchange,
                DeniedCallAudit.log(exchange, FORBIDDEN)
                        .then(exchange.getPrincipal()
                                .map(ApiTokenCalls::isMadeBy)
                                .defaultIfEmpty(false)
                                .flatMap(byApiToken -> problems.write(
                                        exchange,
                                        FORBIDDEN,
                                        byApiToken
                                                ? "The API token's scopes, or the roles of its account, do not allow this"
                                                : "Your roles do not allow this"))));
    }

    /** 503 instead where someone has signed in and this service has just started: soon it knows whether that counts. */
    Mono<Void> signInFirst(ServerWebExchange exchange) {
        exchange.getResponse().getHeaders().setCacheControl("no-store");
        if (!sessions.areKnown() && carriesToken(exchange)) {
            exchange.getResponse().getHeaders().set(HttpHeaders.RETRY_AFTER, RETRY_AFTER_SECONDS);
            return problems.write(
                    exchange, SERVICE_UNAVAILABLE, "It is not known yet which sessions are good; try again shortly");
        }
        exchange.getResponse().getHeaders().set(HttpHeaders.WWW_AUTHENTICATE, "Bearer");
        Mono<Void> answer = problems.write(exchange, UNAUTHORIZED, "Sign in first: POST /api/session");
        return carriesToken(exchange)
                ? DeniedCallAudit.log(exchange, UNAUTHORIZED).then(answer)
                : answer; // nobody claims to be staff: of no interest to the audit trail
    }

    private static boolean carriesToken(ServerWebExchange exchange) {
        return exchange.getRequest().getHeaders().containsHeader(HttpHeaders.AUTHORIZATION)
                || exchange.getRequest().getCookies().containsKey(SessionTokens.COOKIE);
    }

    private Mono<Void> answer(ServerWebExchange exchange, Mono<Void> denied) {
        HttpMethod method = exchange.getRequest().getMethod();
        Set<HttpMethod> methods = served.methods(exchange);
        if (methods.isEmpty()) {
            return notFound(exchange);
        }
        if (method.equals(HttpMethod.OPTIONS)) {
            exchange.getResponse().getHeaders().setAllow(methods);
            exchange.getResponse().setStatusCode(NO_CONTENT);
            return exchange.getResponse().setComplete();
        }
        if (!methods.contains(method)) {
            exchange.getResponse().getHeaders().setAllow(methods);
            return problems.write(exchange, METHOD_NOT_ALLOWED, "Supported methods: " + methods);
        }
        return denied;
    }

    private Mono<Void> notFound(ServerWebExchange exchange) {
        SharedNotFound.share(exchange);
        return ErrorPages.areFor(exchange)
                ? Mono.error(new ResponseStatusException(NOT_FOUND))
                : problems.write(
                        exchange,
                        NOT_FOUND,
                        "There is nothing at " + exchange.getRequest().getPath().value());
    }
}
