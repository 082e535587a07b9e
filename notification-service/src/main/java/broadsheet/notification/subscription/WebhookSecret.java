package broadsheet.notification.subscription;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A secret that signs the messages to a webhook (Standard Webhooks).
 *
 * @param value beginning with {@code whsec_}
 * @param validUntil when one that was replaced stops signing; none for the current one
 */
public record WebhookSecret(String value, @Nullable Instant validUntil) {

    public boolean isValid(Instant now) {
        return validUntil == null || now.isBefore(validUntil);
    }
}
