package broadsheet.article.account.oidc;

import broadsheet.article.account.OidcProperties;
import java.time.Duration;
import java.util.Map;
import org.springframework.core.ParameterizedTypeReference;
import org.springframework.security.oauth2.client.registration.ClientRegistration;
import org.springframework.security.oauth2.client.registration.ClientRegistrations;
import org.springframework.security.oauth2.client.registration.ReactiveClientRegistrationRepository;
import org.springframework.web.reactive.function.client.WebClient;
import reactor.core.publisher.Mono;

/** What the issuer says of itself (OpenID Connect Discovery), asked for when someone signs in first: it need not be there at our start. */
final class IssuerRegistration implements ReactiveClientRegistrationRepository {

    static final String ID = "issuer";

    /** So that what the issuer changes of itself is known within an hour. */
    private static final Duration KNOWN_FOR = Duration.ofHours(1);

    private static final ParameterizedTypeReference<Map<String, Object>> JSON = new ParameterizedTypeReference<>() {};

    private final Mono<ClientRegistration> registration;

    /** @param redirectUri where the issuer sends people back to */
    IssuerRegistration(OidcProperties properties, String redirectUri, WebClient http) {
        String issuer = properties.issuer().replaceAll("/$", "");
        this.registration = http.get()
                .uri(issuer + "/.well-known/openid-configuration")
                .retrieve()
                .bodyToMono(JSON)
                .switchIfEmpty(Mono.error(() -> new IssuerMismatchException(issuer + " says nothing of itself")))
                .map(said -> registration(properties, redirectUri, said))
                .cache(known -> KNOWN_FOR, failed -> Duration.ZERO, () -> Duration.ZERO);
    }

    @Override
    public Mono<ClientRegistration> findByRegistrationId(String id) {
        return id.equals(ID) ? registration : Mono.empty();
    }

    private static ClientRegistration registration(
            OidcProperties properties, String redirectUri, Map<String, Object> said) {
        if (!properties.issuer().equals(said.get("issuer"))) {
            throw new IssuerMismatchException(
                    "BROADSHEET_OIDC_ISSUER is " + properties.issuer() + ", but says to be " + said.get("issuer"));
        }
        return metadata(said)
                .registrationId(ID)
                .clientId(properties.clientId())
                .clientSecret(properties.clientSecret())
                .redirectUri(redirectUri)
                .scope("openid", "profile")
                .userNameAttributeName("sub")
                .build();
    }

    private static ClientRegistration.Builder metadata(Map<String, Object> said) {
        try {
            return ClientRegistrations.fromOidcConfiguration(said);
        } catch (RuntimeException e) {
            throw new IssuerMismatchException("What the issuer says of itself cannot be used: " + e.getMessage(), e);
        }
    }
}
