package broadsheet.article.session;

import static broadsheet.web.access.SessionTokens.AUDIENCE;
import static broadsheet.web.access.SessionTokens.ISSUER;
import static broadsheet.web.access.SessionTokens.ROLES;
import static broadsheet.web.access.SessionTokens.VALID_FROM;

import com.nimbusds.jose.jwk.JWKSet;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.Collection;
import java.util.List;
import org.springframework.security.oauth2.jose.jws.SignatureAlgorithm;
import org.springframework.security.oauth2.jwt.JwsHeader;
import org.springframework.security.oauth2.jwt.Jwt;
import org.springframework.security.oauth2.jwt.JwtClaimsSet;
import org.springframework.security.oauth2.jwt.JwtEncoder;
import org.springframework.security.oauth2.jwt.JwtEncoderParameters;
import org.springframework.security.oauth2.jwt.NimbusJwtEncoder;
import org.springframework.stereotype.Component;

/** Signs the tokens that every service takes for a session of staff. */
@Component
public class SessionTokenSigner {

    private final JwtEncoder encoder;
    private final SessionProperties properties;
    private final InstantSource clock;

    SessionTokenSigner(SigningKeyRotation keys, SessionProperties properties, InstantSource clock) {
        this.encoder = new NimbusJwtEncoder(
                (selector, context) -> selector.select(new JWKSet(keys.current().pair())));
        this.properties = properties;
        this.clock = clock;
    }

    /**
     * A token for an account; it takes a random number, so not on an event loop.
     *
     * @param validFrom of the account as it was when its password was checked
     */
    public Jwt issue(String username, Collection<String> roles, Instant validFrom) {
        Instant now = clock.instant().truncatedTo(ChronoUnit.SECONDS); // what a token can say
        var header = JwsHeader.with(SignatureAlgorithm.ES256).build(); // the encoder adds the key's id
        var claims = JwtClaimsSet.builder()
                .issuer(ISSUER)
                .audience(List.of(AUDIENCE))
                .subject(username)
                .issuedAt(now)
                .expiresAt(now.plus(properties.lifetime()))
                .claim(ROLES, List.copyOf(roles))
                .claim(VALID_FROM, validFrom.toEpochMilli())
                .build();
        return encoder.encode(JwtEncoderParameters.from(header, claims));
    }
}
