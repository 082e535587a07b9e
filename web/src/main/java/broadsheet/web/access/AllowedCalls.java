package broadsheet.web.access;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpMethod;
import org.springframework.http.server.PathContainer;
import org.springframework.http.server.reactive.ServerHttpRequest;
import org.springframework.security.authorization.AuthorityReactiveAuthorizationManager;
import org.springframework.security.authorization.AuthorizationDecision;
import org.springframework.security.authorization.ReactiveAuthorizationManager;
import org.springframework.security.config.web.server.ServerHttpSecurity.AuthorizeExchangeSpec;
import org.springframework.security.core.Authentication;
import org.springframework.security.web.server.authorization.AuthorizationContext;
import org.springframework.web.util.pattern.PathPattern;
import org.springframework.web.util.pattern.PathPatternParser;
import reactor.core.publisher.Mono;

/**
 * The calls that a service allows: to anyone, to all staff, to a role and those above it. An API token is staff with fewer roles. GET allows HEAD too; the first
 * rule that matches decides; what is not listed is denied.
 */
public final class AllowedCalls {

    private static final ReactiveAuthorizationManager<AuthorizationContext> ANYONE =
            (who, call) -> Mono.just(new AuthorizationDecision(true));

    private static final ReactiveAuthorizationManager<AuthorizationContext> NOBODY =
            (who, call) -> Mono.just(new AuthorizationDecision(false));

    private final List<Rule> rules = new ArrayList<>();

    /** To readers and whoever else: {@code toAnyone(GET, "/api/articles", "/api/articles/{id}")}. */
    public AllowedCalls toAnyone(HttpMethod method, String... paths) {
        return rule(method, ANYONE, Caller.ANYONE, paths);
    }

    public AllowedCalls toStaff(HttpMethod method, String... paths) {
        return rule(method, staff(ApiTokenCalls::isForAnything), Caller.STAFF, paths);
    }

    /** To all staff that has signed in; not with an API token, whatever its scopes. */
    public AllowedCalls toSessions(HttpMethod method, String... paths) {
        return rule(
                method, staff(who -> who.isAuthenticated() && !ApiTokenCalls.isMadeBy(who)), Caller.SIGNED_IN, paths);
    }

    private static ReactiveAuthorizationManager<AuthorizationContext> staff(Predicate<Authentication> allowed) {
        return (who, call) -> who.map(staff -> new AuthorizationDecision(allowed.test(staff)));
    }

    public AllowedCalls toRole(String role, HttpMethod method, String... paths) {
        return rule(method, AuthorityReactiveAuthorizationManager.hasRole(role), Caller.withRole(role), paths);
    }

    /** One decision for all rules: with a matcher for each, Spring Security takes longer than the store. */
    void applyTo(AuthorizeExchangeSpec calls) {
        calls.anyExchange()
                .access((who, call) ->
                        authorization(call.getExchange().getRequest()).authorize(who, call));
    }

    private ReactiveAuthorizationManager<AuthorizationContext> authorization(ServerHttpRequest request) {
        PathContainer path = request.getPath().pathWithinApplication();
        for (Rule rule : rules) {
            if (rule.methods.contains(request.getMethod()) && rule.path.matches(path)) {
                return rule.who;
            }
        }
        return NOBODY;
    }

    /** Who may call it; empty where nobody may. */
    Optional<Caller> caller(HttpMethod method, PathContainer path) {
        return rules.stream()
                .filter(rule -> rule.methods.contains(method) && rule.path.matches(path))
                .findFirst()
                .map(Rule::caller);
    }

    private AllowedCalls rule(
            HttpMethod method, ReactiveAuthorizationManager<AuthorizationContext> who, Caller caller, String... paths) {
        Set<HttpMethod> methods = method.equals(HttpMethod.GET) ? Set.of(method, HttpMethod.HEAD) : Set.of(method);
        for (String path : paths) {
            rules.add(new Rule(methods, PathPatternParser.defaultInstance.parse(path), who, caller));
        }
        return this;
    }

    private record Rule(
            Set<HttpMethod> methods,
            PathPattern path,
            ReactiveAuthorizationManager<AuthorizationContext> who,
            Caller caller) {}

    /**
     * Who may make a call, as its description says it.
     *
     * @param byToken whether an API token will do
     * @param role that staff needs; null where any will do
     */
    public record Caller(
            boolean isStaff, boolean byToken, @Nullable String role) {

        static final Caller ANYONE = new Caller(false, true, null);
        static final Caller STAFF = new Caller(true, true, null);
        static final Caller SIGNED_IN = new Caller(true, false, null);

        static Caller withRole(String role) {
            return new Caller(true, true, role);
        }
    }
}
