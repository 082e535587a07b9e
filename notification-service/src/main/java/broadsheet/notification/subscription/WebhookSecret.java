package broadsheet.notification.subscription;

import java.security.SecureRandom;
import java.time.Instant;
import java.util.Base64;
import org.jspecify.annotations.Nullable;

/**
 * A secret that signs the messages to a webhook (Standard Webhooks).
 *
 * @param value beginning with {@code whsec_}
 * @param validUntil when one that was replaced stops signing; none for the current one
 */
public record WebhookSecret(String value, @Nullable Instant validUntil) {

    private static final String PREFIX = "whsec_";
    private static final int BYTES = 32;
    private static final SecureRandom RANDOM = new SecureRandom();

    /** A current one, of 256 random bits. */
    public static WebhookSecret generate() {
        byte[] bytes = new byte[BYTES];
        RANDOM.nextBytes(bytes);
        return new WebhookSecret(PREFIX + Base64.getEncoder().encodeToString(bytes), null);
    }

    public boolean isValid(Instant now) {
        return validUntil == null || now.isBefore(validUntil);
    }
}
