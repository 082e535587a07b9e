package broadsheet.notification.webpush;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.gen.ECKeyGenerator;
import com.zerodeplibs.webpush.VAPIDKeyPair;
import com.zerodeplibs.webpush.VAPIDKeyPairs;
import com.zerodeplibs.webpush.jwt.VAPIDJWTParam;
import com.zerodeplibs.webpush.key.PrivateKeySources;
import com.zerodeplibs.webpush.key.PublicKeySources;
import java.net.URI;
import java.text.ParseException;
import java.time.Duration;
import java.time.Instant;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** The keys by which push services know the site (RFC 8292): the private one signs, browsers subscribe with the public one. */
final class VapidKeyPair {

    /** Push services refuse more than 24 h; half of it leaves room for clocks that differ. */
    private static final Duration VALID_FOR = Duration.ofHours(12);

    private final VAPIDKeyPair keys;

    private VapidKeyPair(VAPIDKeyPair keys) {
        this.keys = keys;
    }

    /** A new pair, as it is stored: a JSON Web Key. */
    static byte[] generate() {
        try {
            return new ECKeyGenerator(Curve.P_256).generate().toJSONString().getBytes(UTF_8);
        } catch (JOSEException e) {
            throw new IllegalStateException("Cannot make a key on P-256", e);
        }
    }

    static VapidKeyPair of(byte[] stored) {
        try {
            ECKey key = ECKey.parse(new String(stored, UTF_8));
            return new VapidKeyPair(VAPIDKeyPairs.of(
                    PrivateKeySources.ofECPrivateKey(key.toECPrivateKey()),
                    PublicKeySources.ofECPublicKey(key.toECPublicKey())));
        } catch (ParseException | JOSEException e) {
            throw new IllegalStateException("The stored key of Web Push is not a JSON Web Key", e);
        }
    }

    /** The {@code applicationServerKey} of browsers: the uncompressed point in base64url. */
    String publicKey() {
        return keys.extractPublicKeyInUncompressedFormAsString();
    }

    /**
     * The {@code Authorization} of a message to that endpoint.
     *
     * @param subject whom the push service may write to, {@code mailto:} or {@code https:}; none where nobody is named
     */
    String authorization(URI endpoint, @Nullable String subject, Instant now) {
        var claims =
                VAPIDJWTParam.getBuilder().resourceURLString(origin(endpoint)).expirationTime(now.plus(VALID_FOR));
        if (subject != null) {
            claims.subject(subject);
        }
        return keys.generateAuthorizationHeaderValue(claims.build());
    }

    /** As RFC 6454 writes it: in lower case, without the scheme's own port. */
    private static String origin(URI endpoint) {
        boolean ownPort = endpoint.getPort() == -1
                || (endpoint.getPort() == 443 && endpoint.getScheme().equals("https"));
        return (endpoint.getScheme() + "://" + endpoint.getHost() + (ownPort ? "" : ":" + endpoint.getPort()))
                .toLowerCase(Locale.ROOT);
    }
}
