package broadsheet.testissuer;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jose.jwk.gen.RSAKeyGenerator;
import java.util.UUID;

/** The key that tokens are signed with, which is the one that is published, unless they are to be forged. */
class SigningKeys {

    private static final int BITS = 2_048;

    private volatile RSAKey published = key(UUID.randomUUID().toString());
    private volatile RSAKey signing = published;

    JWKSet published() {
        return new JWKSet(published);
    }

    JWKSet signing() {
        return new JWKSet(signing);
    }

    /** Nobody is told the earlier one any longer. */
    void rotate() {
        published = key(UUID.randomUUID().toString());
        signing = published;
    }

    /** Another key from now on, which says to be the published one; until the next rotation. */
    void forge() {
        signing = key(published.getKeyID());
    }

    private static RSAKey key(String id) {
        try {
            return new RSAKeyGenerator(BITS).keyID(id).generate();
        } catch (JOSEException e) {
            throw new IllegalStateException(e);
        }
    }
}
