package broadsheet.article.view;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.security.GeneralSecurityException;
import java.util.Arrays;
import java.util.Base64;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;

/**
 * Pseudonyms of one day: HMAC-SHA256 (RFC 2104) under the day's salt, base64url. Neither network nor user agent can be
 * found from one without the salt, and no cookie is set.
 */
final class VisitorKeys {

    private static final String ALGORITHM = "HmacSHA256";
    private static final int VISITOR_BYTES = 16;
    private static final int NETWORK_BYTES = 8;

    /** Of some 10 MB. */
    private static final int MOST_REMEMBERED = 100_000;

    /** Is copied for each key; one a thread would outlive the salt. */
    private final Mac keyed;

    /** The visitors' keys that were given, as long as another salt may follow. */
    private final @Nullable Set<String> given;

    private final @Nullable VisitorKeys earlier;

    private VisitorKeys(byte[] salt, @Nullable Set<String> given, @Nullable VisitorKeys earlier) {
        this.keyed = mac(salt);
        this.given = given;
        this.earlier = earlier;
    }

    static VisitorKeys underSharedSalt(byte[] salt) {
        return new VisitorKeys(salt, null, null);
    }

    /** Under a salt that may be followed by another one on the same day. */
    static VisitorKeys underOwnSalt(byte[] salt) {
        return new VisitorKeys(salt, ConcurrentHashMap.newKeySet(), null);
    }

    /** Whoever was given a key here keeps it, or their second click would be another visitor's; the first 100,000 do. */
    VisitorKeys followedBy(byte[] salt) {
        return new VisitorKeys(salt, null, this);
    }

    /** Of whoever has this user agent in this network. */
    String ofVisitor(String network, String userAgent) {
        if (earlier != null) {
            String key = earlier.underSalt(network, userAgent);
            if (earlier.wasGiven(key)) {
                return key;
            }
        }
        String key = underSalt(network, userAgent);
        if (given != null && given.size() < MOST_REMEMBERED) {
            given.add(key);
        }
        return key;
    }

    private boolean wasGiven(String key) {
        return given != null && given.contains(key);
    }

    private String underSalt(String network, String userAgent) {
        Mac mac = copy(keyed);
        mac.update(network.getBytes(UTF_8));
        mac.update((byte) 0);
        return text(mac.doFinal(userAgent.getBytes(UTF_8)), VISITOR_BYTES);
    }

    /** Of a network, such as {@code 192.0.2.7}: all that it tells is which views came from the same one. */
    String ofNetwork(String network) {
        return text(copy(keyed).doFinal(network.getBytes(UTF_8)), NETWORK_BYTES);
    }

    private static String text(byte[] digest, int bytes) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(Arrays.copyOf(digest, bytes));
    }

    private static Mac mac(byte[] salt) {
        try {
            Mac mac = Mac.getInstance(ALGORITHM);
            mac.init(new SecretKeySpec(salt, ALGORITHM));
            return mac;
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("Every Java has " + ALGORITHM, e);
        }
    }

    /** With the key already taken in. */
    private static Mac copy(Mac mac) {
        try {
            return (Mac) mac.clone();
        } catch (CloneNotSupportedException e) {
            throw new IllegalStateException("Java's own " + ALGORITHM + " can be copied", e);
        }
    }
}
