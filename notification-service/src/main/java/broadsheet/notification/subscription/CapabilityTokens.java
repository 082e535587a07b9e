package broadsheet.notification.subscription;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.HexFormat;

/** Capability tokens: whoever holds one may do what it is for. The store has their hashes alone. */
public final class CapabilityTokens {

    private static final int BYTES = 24;
    private static final SecureRandom RANDOM = new SecureRandom();

    private CapabilityTokens() {}

    /** 192 random bits in base64url. */
    public static String random() {
        byte[] bytes = new byte[BYTES];
        RANDOM.nextBytes(bytes);
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }

    /** SHA-256 in hexadecimal; enough for what is random and long. */
    public static String hash(String token) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(token.getBytes(UTF_8)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Whether a token has the hash, in the same time whatever it is. */
    public static boolean matches(String token, String hash) {
        return MessageDigest.isEqual(hash(token).getBytes(UTF_8), hash.getBytes(UTF_8));
    }
}
