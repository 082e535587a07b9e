package broadsheet.events;

import com.fasterxml.jackson.annotation.JsonIgnore;
import java.time.Instant;
import java.util.regex.Pattern;

/**
 * A key that signs session tokens from now on, beside those published before.
 *
 * @param expiresAt from when on no token counts that this key signed; the epoch where the key was withdrawn
 */
public record StaffKeyPublished(Jwk jwk, Instant expiresAt) implements StaffEvent {

    public StaffKeyPublished {
        Required.present("jwk", jwk);
        Required.present("expiresAt", expiresAt);
    }

    @JsonIgnore
    @Override
    public String recordKey() {
        return "key:" + jwk.kid();
    }

    /** The public key as a JSON Web Key (RFC 7517) for ES256 (RFC 7518, 3.4); the private part has no place here. */
    public record Jwk(String kty, String crv, String alg, String use, String kid, String x, String y) {

        private static final Pattern COORDINATE = Pattern.compile("[A-Za-z0-9_-]{43}");

        public Jwk {
            Required.equal("jwk.kty", "EC", kty);
            Required.equal("jwk.crv", "P-256", crv);
            Required.equal("jwk.alg", "ES256", alg);
            Required.equal("jwk.use", "sig", use);
            Required.text("jwk.kid", kid);
            Required.match("jwk.x", COORDINATE, x);
            Required.match("jwk.y", COORDINATE, y);
        }

        /** A key of the one kind that there is; its coordinates are 32 bytes in base64url each. */
        public static Jwk of(String kid, String x, String y) {
            return new Jwk("EC", "P-256", "ES256", "sig", kid, x, y);
        }
    }
}
