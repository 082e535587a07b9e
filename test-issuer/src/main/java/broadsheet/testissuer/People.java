package broadsheet.testissuer;

import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import org.springframework.security.core.Authentication;
import org.springframework.security.oauth2.core.oidc.endpoint.OidcParameterNames;
import org.springframework.security.oauth2.server.authorization.token.JwtEncodingContext;

/** What the issuer says of people, by the name that they sign in with. */
class People {

    private static final String AGE = "expiredForSeconds";
    private static final long LIFETIME_SECONDS = 60;

    private final Map<String, Map<String, Object>> claims = new ConcurrentHashMap<>();

    void put(String name, Map<String, Object> said) {
        claims.put(name, said);
    }

    void describe(JwtEncodingContext token) {
        if (OidcParameterNames.ID_TOKEN.equals(token.getTokenType().getValue())) {
            String name =
                    Objects.requireNonNull(token.<Authentication>getPrincipal()).getName();
            var said = new HashMap<>(claims.getOrDefault(name, Map.of()));
            if (said.remove(AGE) instanceof Number age) {
                Instant expired = Instant.now().minusSeconds(age.longValue());
                token.getClaims()
                        .issuedAt(expired.minusSeconds(LIFETIME_SECONDS))
                        .expiresAt(expired);
            }
            token.getClaims().claims(known -> known.putAll(said));
        }
    }
}
