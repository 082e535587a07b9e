package broadsheet.article.account.oidc;

import static org.springframework.security.oauth2.core.endpoint.OAuth2ParameterNames.REGISTRATION_ID;
import static org.springframework.security.oauth2.core.endpoint.PkceParameterNames.CODE_VERIFIER;
import static org.springframework.security.oauth2.core.oidc.endpoint.OidcParameterNames.NONCE;

import java.time.Duration;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpCookie;
import org.springframework.http.ResponseCookie;
import org.springframework.http.server.reactive.ServerHttpRequest;
import org.springframework.security.oauth2.client.registration.ReactiveClientRegistrationRepository;
import org.springframework.security.oauth2.client.web.server.ServerAuthorizationRequestRepository;
import org.springframework.security.oauth2.core.endpoint.OAuth2AuthorizationRequest;
import org.springframework.web.server.ServerWebExchange;
import reactor.core.publisher.Mono;

/**
 * What has to be the same when someone comes back from the issuer, in a cookie of their browser for ten minutes: so any instance
 * takes them back, and none keeps what strangers begin. SameSite=Lax, since they come from another site.
 */
final class LoginRequestCookie implements ServerAuthorizationRequestRepository<OAuth2AuthorizationRequest> {

    private static final String COOKIE = "broadsheet_login";
    private static final Duration LIFETIME = Duration.ofMinutes(10);
    private static final int PARTS = 3;

    private final ReactiveClientRegistrationRepository registrations;
    private final boolean secure;

    LoginRequestCookie(ReactiveClientRegistrationRepository registrations, boolean secure) {
        this.registrations = registrations;
        this.secure = secure;
    }

    @Override
    public Mono<OAuth2AuthorizationRequest> loadAuthorizationRequest(ServerWebExchange exchange) {
        HttpCookie cookie = exchange.getRequest().getCookies().getFirst(COOKIE);
        @Nullable String state = exchange.getRequest().getQueryParams().getFirst("state");
        String[] parts = cookie == null ? new String[0] : cookie.getValue().split("\\.", PARTS);
        if (parts.length != PARTS || !parts[0].equals(state)) {
            return Mono.empty();
        }
        return registrations
                .findByRegistrationId(IssuerRegistration.ID)
                .map(issuer -> OAuth2AuthorizationRequest.authorizationCode()
                        .authorizationUri(Objects.requireNonNull(
                                issuer.getProviderDetails().getAuthorizationUri()))
                        .clientId(issuer.getClientId())
                        .redirectUri(issuer.getRedirectUri())
                        .scopes(issuer.getScopes())
                        .state(state)
                        .attributes(attributes -> {
                            attributes.put(REGISTRATION_ID, IssuerRegistration.ID);
                            attributes.put(NONCE, parts[1]);
                            attributes.put(CODE_VERIFIER, parts[2]);
                        })
                        .build());
    }

    @Override
    public Mono<Void> saveAuthorizationRequest(OAuth2AuthorizationRequest begun, ServerWebExchange exchange) {
        String value = String.join(
                ".",
                Objects.requireNonNull(begun.getState()),
                begun.<String>getAttribute(NONCE),
                begun.<String>getAttribute(CODE_VERIFIER));
        return Mono.fromRunnable(
                () -> exchange.getResponse().addCookie(cookie(value, LIFETIME, exchange.getRequest())));
    }

    @Override
    public Mono<OAuth2AuthorizationRequest> removeAuthorizationRequest(ServerWebExchange exchange) {
        return loadAuthorizationRequest(exchange)
                .doOnNext(begun -> exchange.getResponse().addCookie(cookie("", Duration.ZERO, exchange.getRequest())));
    }

    private ResponseCookie cookie(String value, Duration age, ServerHttpRequest request) {
        return ResponseCookie.from(COOKIE, value)
                .httpOnly(true)
                .sameSite("Lax")
                .secure(secure || "https".equals(request.getURI().getScheme()))
                .path("/login")
                .maxAge(age)
                .build();
    }
}
