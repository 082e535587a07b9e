package broadsheet.article.session;

import broadsheet.events.StaffKeyPublished;
import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.KeyUse;
import com.nimbusds.jose.jwk.gen.ECKeyGenerator;
import java.time.Instant;

/**
 * A key pair that signs session tokens (ES256), named by its thumbprint (RFC 7638).
 *
 * @param expiresAt from when on no token counts that it signed
 * @param published whether Kafka has acknowledged its public part
 */
record SigningKey(ECKey pair, Instant createdAt, Instant expiresAt, boolean published) {

    static SigningKey generate(Instant createdAt, Instant expiresAt) {
        try {
            ECKey pair = new ECKeyGenerator(Curve.P_256)
                    .keyUse(KeyUse.SIGNATURE)
                    .algorithm(JWSAlgorithm.ES256)
                    .keyIDFromThumbprint(true)
                    .generate();
            return new SigningKey(pair, createdAt, expiresAt, false);
        } catch (JOSEException e) {
            throw new IllegalStateException("This Java cannot make keys for ES256", e);
        }
    }

    String id() {
        return pair.getKeyID();
    }

    /** The same key, which no longer counts: not even for a clock that is slow. */
    SigningKey withdrawn() {
        return new SigningKey(pair, createdAt, Instant.EPOCH, false);
    }

    /** The public part alone. */
    StaffKeyPublished toEvent() {
        return new StaffKeyPublished(
                StaffKeyPublished.Jwk.of(
                        id(), pair.getX().toString(), pair.getY().toString()),
                expiresAt);
    }

    @Override
    public String toString() {
        return "SigningKey[" + id() + ", created " + createdAt + "]";
    }
}
