package broadsheet.web.access;

import java.util.ArrayList;
import java.util.List;
import org.springframework.http.HttpMethod;
import org.springframework.security.authorization.AuthenticatedReactiveAuthorizationManager;
import org.springframework.security.authorization.AuthorityReactiveAuthorizationManager;
import org.springframework.security.authorization.AuthorizationDecision;
import org.springframework.security.authorization.ReactiveAuthorizationManager;
import org.springframework.security.config.web.server.ServerHttpSecurity.AuthorizeExchangeSpec;
import org.springframework.security.web.server.authorization.AuthorizationContext;
import org.springframework.security.web.server.util.matcher.OrServerWebExchangeMatcher;
import org.springframework.security.web.server.util.matcher.PathPatternParserServerWebExchangeMatcher;
import org.springframework.security.web.server.util.matcher.ServerWebExchangeMatcher;
import reactor.core.publisher.Mono;

/**
 * The calls that a service allows: to anyone, to all staff, to a role and those above it. GET allows HEAD too; the first
 * rule that matches decides; what is not listed is denied.
 */
public final class AllowedCalls {

    private static final ReactiveAuthorizationManager<AuthorizationContext> ANYONE =
            (who, call) -> Mono.just(new AuthorizationDecision(true));

    private final List<Rule> rules = new ArrayList<>();

    /** To readers and whoever else: {@code toAnyone(GET, "/api/articles", "/api/articles/{id}")}. */
    public AllowedCalls toAnyone(HttpMethod method, String... paths) {
        return rule(method, ANYONE, paths);
    }

    public AllowedCalls toStaff(HttpMethod method, String... paths) {
        return rule(method, AuthenticatedReactiveAuthorizationManager.authenticated(), paths);
    }

    public AllowedCalls toRole(String role, HttpMethod method, String... paths) {
        return rule(method, AuthorityReactiveAuthorizationManager.hasRole(role), paths);
    }

    void applyTo(AuthorizeExchangeSpec calls) {
        rules.forEach(rule -> calls.matchers(rule.calls).access(rule.who));
        calls.anyExchange().denyAll();
    }

    private AllowedCalls rule(
            HttpMethod method, ReactiveAuthorizationManager<AuthorizationContext> who, String... paths) {
        List<HttpMethod> methods = method.equals(HttpMethod.GET) ? List.of(method, HttpMethod.HEAD) : List.of(method);
        for (String path : paths) {
            List<ServerWebExchangeMatcher> matchers = methods.stream()
                    .<ServerWebExchangeMatcher>map(one -> new PathPatternParserServerWebExchangeMatcher(path, one))
                    .toList();
            rules.add(new Rule(new OrServerWebExchangeMatcher(matchers), who));
        }
        return this;
    }

    private record Rule(ServerWebExchangeMatcher calls, ReactiveAuthorizationManager<AuthorizationContext> who) {}
}
