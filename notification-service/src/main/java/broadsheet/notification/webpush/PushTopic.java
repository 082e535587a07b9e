package broadsheet.notification.webpush;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.Base64;

/**
 * What a message is about (RFC 8030, 5.4): a push service keeps the newest one of a topic for a browser that is away, so a
 * correction replaces the alert that it corrects.
 */
final class PushTopic {

    private static final int BYTES = 24; // 32 characters in base64url, as many as a topic may have

    private PushTopic() {}

    /** The topic of that name, from which nobody tells the name. */
    static String of(String name) {
        try {
            byte[] hash = MessageDigest.getInstance("SHA-256").digest(name.getBytes(UTF_8));
            return Base64.getUrlEncoder().encodeToString(Arrays.copyOf(hash, BYTES));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
