package broadsheet.article.view;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.security.GeneralSecurityException;
import java.util.Arrays;
import java.util.Base64;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * Pseudonyms of one day: HMAC-SHA256 (RFC 2104) under the day's salt, base64url. Neither network nor user agent can be
 * found from one without the salt, and no cookie is set.
 */
final class VisitorKeys {

    private static final String ALGORITHM = "HmacSHA256";
    private static final int VISITOR_BYTES = 16;
    private static final int NETWORK_BYTES = 8;

    /** Is copied for each key; one a thread would outlive the salt. */
    private final Mac keyed;

    VisitorKeys(byte[] salt) {
        this.keyed = mac(salt);
    }

    /** Of whoever has this user agent in this network. */
    String ofVisitor(String network, String userAgent) {
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
