package broadsheet.article.account.oidc;

import java.util.Collection;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.security.oauth2.client.oidc.authentication.OidcIdTokenValidator;
import org.springframework.security.oauth2.client.oidc.authentication.ReactiveOidcIdTokenDecoderFactory;
import org.springframework.security.oauth2.client.registration.ClientRegistration;
import org.springframework.security.oauth2.core.DelegatingOAuth2TokenValidator;
import org.springframework.security.oauth2.core.converter.ClaimTypeConverter;
import org.springframework.security.oauth2.jose.jws.SignatureAlgorithm;
import org.springframework.security.oauth2.jwt.JwtTimestampValidator;
import org.springframework.security.oauth2.jwt.NimbusReactiveJwtDecoder;
import org.springframework.security.oauth2.jwt.ReactiveJwtDecoder;
import org.springframework.security.oauth2.jwt.ReactiveJwtDecoderFactory;
import org.springframework.web.reactive.function.client.WebClient;

/** Reads the issuer's tokens: signed with a key that it has now, for us, and not expired by more than a minute. */
final class IssuerTokens implements ReactiveJwtDecoderFactory<ClientRegistration> {

    private static final String ALGORITHMS = "id_token_signing_alg_values_supported";

    private final WebClient http;
    private volatile @Nullable Reader reader;

    IssuerTokens(WebClient http) {
        this.http = http;
    }

    /** The same one, which fetches keys where a token names a new one, until the issuer is asked anew what it is. */
    @Override
    public ReactiveJwtDecoder createDecoder(ClientRegistration issuer) {
        Reader known = reader;
        if (known == null || known.issuer != issuer) {
            known = new Reader(issuer, decoder(issuer));
            reader = known;
        }
        return known.decoder;
    }

    private ReactiveJwtDecoder decoder(ClientRegistration issuer) {
        var provider = issuer.getProviderDetails();
        var decoder = NimbusReactiveJwtDecoder.withJwkSetUri(
                        Objects.requireNonNull(provider.getJwkSetUri(), "jwks_uri"))
                .webClient(http)
                .jwsAlgorithms(algorithms -> algorithms.addAll(
                        algorithms(provider.getConfigurationMetadata().get(ALGORITHMS))))
                .build();
        decoder.setClaimSetConverter(
                new ClaimTypeConverter(ReactiveOidcIdTokenDecoderFactory.createDefaultClaimTypeConverters()));
        decoder.setJwtValidator(
                new DelegatingOAuth2TokenValidator<>(new JwtTimestampValidator(), new OidcIdTokenValidator(issuer)));
        return decoder;
    }

    /** Those that it names and whose keys are public; RS256, which every issuer has, where there is none. */
    private static Set<SignatureAlgorithm> algorithms(@Nullable Object named) {
        Collection<?> names = named instanceof Collection<?> several ? several : List.of();
        Set<SignatureAlgorithm> known = names.stream()
                .map(name -> SignatureAlgorithm.from(String.valueOf(name)))
                .filter(Objects::nonNull)
                .collect(Collectors.toUnmodifiableSet());
        return known.isEmpty() ? Set.of(SignatureAlgorithm.RS256) : known;
    }

    private record Reader(ClientRegistration issuer, ReactiveJwtDecoder decoder) {}
}
