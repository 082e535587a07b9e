package broadsheet.web.access;

import broadsheet.events.StaffEvent;
import broadsheet.events.StaffKeyPublished;
import broadsheet.events.StaffKeyPublished.Jwk;
import broadsheet.events.StaffSessionsEnded;
import broadsheet.events.StaffTokenIssued;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.KeyUse;
import com.nimbusds.jose.util.Base64URL;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * The keys that sign session tokens, the accounts whose sessions ended and the API tokens, in memory: some 200 bytes an
 * account. What is
 * known once stays known while Kafka is away; no event makes a session good that another one ended.
 */
public final class StaffSessions {

    private final Map<String, PublicKey> keys = new ConcurrentHashMap<>();
    private final Map<String, Instant> validFrom = new ConcurrentHashMap<>();
    private final KnownApiTokens apiTokens = new KnownApiTokens();
    private volatile boolean known;

    /** Takes an event in, from the topic or from this service itself, in any order and as often as it comes. */
    public void apply(StaffEvent event) {
        if (event instanceof StaffKeyPublished published) {
            keys.merge(published.jwk().kid(), PublicKey.of(published), PublicKey::firstExpired);
        } else if (event instanceof StaffSessionsEnded ended) {
            validFrom.merge(ended.username(), ended.validFrom(), StaffSessions::later);
            apiTokens.apply(ended);
        } else if (event instanceof StaffTokenIssued issued) {
            apiTokens.apply(issued);
        }
    }

    /** All that was so at the start has been taken in: from now on tokens can be told apart. */
    public void becomeKnown() {
        known = true;
    }

    /** Whether tokens can be told apart; until then all are refused. */
    public boolean areKnown() {
        return known;
    }

    /** The moment that an account's tokens must not be older than; the epoch where no session of it ended. */
    public Instant validFrom(String username) {
        return validFrom.getOrDefault(username, Instant.EPOCH);
    }

    /** Whether tokens count that this key signs. */
    public boolean isKeyGood(String keyId, Instant now) {
        return key(keyId, now).isPresent();
    }

    KnownApiTokens apiTokens() {
        return apiTokens;
    }

    Optional<ECKey> key(@Nullable String keyId, Instant now) {
        return Optional.ofNullable(keyId)
                .map(keys::get)
                .filter(key -> now.isBefore(key.expiresAt))
                .map(PublicKey::key);
    }

    private static Instant later(Instant one, Instant other) {
        return one.isAfter(other) ? one : other;
    }

    private record PublicKey(ECKey key, Instant expiresAt) {

        /** A key that was withdrawn stays so, in whatever order its events come. */
        PublicKey firstExpired(PublicKey other) {
            return other.expiresAt.isBefore(expiresAt) ? other : this;
        }

        /** Fails where the coordinates are no point of the curve. */
        static PublicKey of(StaffKeyPublished published) {
            Jwk jwk = published.jwk();
            ECKey key = new ECKey.Builder(Curve.P_256, new Base64URL(jwk.x()), new Base64URL(jwk.y()))
                    .keyID(jwk.kid())
                    .keyUse(KeyUse.SIGNATURE)
                    .algorithm(JWSAlgorithm.ES256)
                    .build();
            return new PublicKey(key, published.expiresAt());
        }
    }
}
