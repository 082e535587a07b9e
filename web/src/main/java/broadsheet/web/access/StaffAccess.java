package broadsheet.web.access;

import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import org.springframework.http.HttpCookie;
import org.springframework.http.HttpMethod;
import org.springframework.http.server.PathContainer;
import org.springframework.security.authentication.ReactiveAuthenticationManager;
import org.springframework.security.config.web.server.SecurityWebFiltersOrder;
import org.springframework.security.config.web.server.ServerHttpSecurity;
import org.springframework.security.core.Authentication;
import org.springframework.security.oauth2.jwt.Jwt;
import org.springframework.security.oauth2.jwt.JwtException;
import org.springframework.security.oauth2.jwt.ReactiveJwtDecoder;
import org.springframework.security.oauth2.server.resource.authentication.BearerTokenAuthenticationToken;
import org.springframework.security.oauth2.server.resource.authentication.JwtAuthenticationToken;
import org.springframework.security.oauth2.server.resource.authentication.JwtReactiveAuthenticationManager;
import org.springframework.security.oauth2.server.resource.web.server.authentication.ServerBearerTokenAuthenticationConverter;
import org.springframework.security.web.server.SecurityWebFilterChain;
import org.springframework.security.web.server.authentication.ServerAuthenticationConverter;
import org.springframework.security.web.server.context.NoOpServerSecurityContextRepository;
import org.springframework.web.server.ServerWebExchange;
import org.springframework.web.server.WebFilterChain;
import reactor.core.publisher.Mono;

/**
 * The way staff is known to every service: a session token as {@code Authorization: Bearer} or as cookie, or an API token as
 * the former.
 */
public final class StaffAccess {

    private final ReactiveJwtDecoder tokens;
    private final DeniedCalls denied;
    private final ReactiveAuthenticationManager reading;
    private final ReactiveAuthenticationManager writing;
    private final List<AllowedCalls> staffCalls = new CopyOnWriteArrayList<>();
    private final ServerAuthenticationConverter bearer = new ServerBearerTokenAuthenticationConverter();

    StaffAccess(ReactiveJwtDecoder tokens, DeniedCalls denied) {
        this.tokens = tokens;
        this.denied = denied;
        this.reading = manager(tokens, SessionTokens.ROLES);
        this.writing = manager(tokens, KnownApiTokens.WRITING_ROLES);
    }

    /**
     * Authentication without a read of any store: {@link StaffSessions} knows which tokens are good. No CSRF token: a
     * browser sends the cookie only from pages of our own site ({@code SameSite=Strict}), and from another host of that
     * site it asks first, which we never allow, since every write takes JSON or is a PUT or DELETE. A write that takes a
     * form must check {@code Origin}.
     */
    public SecurityWebFilterChain chain(ServerHttpSecurity http, AllowedCalls allowed) {
        staffCalls.add(allowed);
        return chainForAnyone(http, allowed)
                .oauth2ResourceServer(server -> server.bearerTokenConverter(this::token)
                        .authenticationManagerResolver(exchange -> Mono.just(reads(exchange) ? reading : writing))
                        .authenticationEntryPoint((exchange, e) -> denied.signInFirst(exchange)))
                .addFilterAfter(
                        StaffAccess::keepFromCaches, SecurityWebFiltersOrder.SECURITY_CONTEXT_SERVER_WEB_EXCHANGE)
                .build();
    }

    /** For calls whose {@code Authorization} is not that of staff, such as a token that each thing has of its own. */
    public SecurityWebFilterChain chainWithoutStaff(ServerHttpSecurity http, AllowedCalls allowed) {
        return chainForAnyone(http, allowed).build();
    }

    /** Who may make a call of the chains that know staff; empty for any other. */
    public Optional<AllowedCalls.Caller> caller(HttpMethod method, String path) {
        PathContainer parsed = PathContainer.parsePath(path);
        return staffCalls.stream()
                .flatMap(calls -> calls.caller(method, parsed).stream())
                .findFirst();
    }

    private ServerHttpSecurity chainForAnyone(ServerHttpSecurity http, AllowedCalls allowed) {
        return http.csrf(ServerHttpSecurity.CsrfSpec::disable)
                .formLogin(ServerHttpSecurity.FormLoginSpec::disable)
                .httpBasic(ServerHttpSecurity.HttpBasicSpec::disable)
                .logout(ServerHttpSecurity.LogoutSpec::disable)
                .requestCache(ServerHttpSecurity.RequestCacheSpec::disable)
                .securityContextRepository(NoOpServerSecurityContextRepository.getInstance())
                .headers(headers -> headers.cache(ServerHttpSecurity.HeaderSpec.CacheSpec::disable))
                .exceptionHandling(errors -> errors.authenticationEntryPoint((exchange, e) -> denied.toAnyone(exchange))
                        .accessDeniedHandler((exchange, e) -> denied.toStaff(exchange)))
                .authorizeExchange(allowed::applyTo);
    }

    /** What staff sees is for nobody else, and no cache tells the two apart. */
    private static Mono<Void> keepFromCaches(ServerWebExchange exchange, WebFilterChain chain) {
        return exchange.getPrincipal()
                .doOnNext(staff -> exchange.getResponse().beforeCommit(() -> {
                    exchange.getResponse().getHeaders().setCacheControl("private, no-store");
                    return Mono.empty();
                }))
                .then(chain.filter(exchange));
    }

    /** A header that is no good is refused; a cookie that is no longer good is as none, since readers carry it along. */
    private Mono<Authentication> token(ServerWebExchange exchange) {
        return bearer.convert(exchange).switchIfEmpty(Mono.defer(() -> cookie(exchange)));
    }

    private Mono<Authentication> cookie(ServerWebExchange exchange) {
        HttpCookie cookie = exchange.getRequest().getCookies().getFirst(SessionTokens.COOKIE);
        if (cookie == null || cookie.getValue().isBlank() || ApiTokenSecret.isMeantBy(cookie.getValue())) {
            return Mono.empty();
        }
        return tokens.decode(cookie.getValue())
                .<Authentication>map(jwt -> new BearerTokenAuthenticationToken(jwt.getTokenValue()))
                .onErrorResume(JwtException.class, e -> Mono.empty());
    }

    private static boolean reads(ServerWebExchange exchange) {
        HttpMethod method = exchange.getRequest().getMethod();
        return method.equals(HttpMethod.GET) || method.equals(HttpMethod.HEAD);
    }

    /** @param rolesOfApiTokens the claim with the roles of an API token; a session has the same for all calls */
    private static ReactiveAuthenticationManager manager(ReactiveJwtDecoder tokens, String rolesOfApiTokens) {
        var manager = new JwtReactiveAuthenticationManager(tokens);
        manager.setJwtAuthenticationConverter(jwt ->
                Mono.just(staff(jwt, jwt.hasClaim(KnownApiTokens.TOKEN_ID) ? rolesOfApiTokens : SessionTokens.ROLES)));
        return manager;
    }

    private static JwtAuthenticationToken staff(Jwt jwt, String rolesClaim) {
        List<String> roles = Objects.requireNonNullElse(jwt.getClaimAsStringList(rolesClaim), List.of());
        return new JwtAuthenticationToken(jwt, StaffRoles.authorities(roles), String.valueOf(jwt.getSubject()));
    }
}
