package broadsheet.notification.webhook;

import broadsheet.notification.subscription.WebhookSecret;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.stream.Stream;

/** The secrets of a webhook after its current one was replaced. */
final class SecretRotation {

    private static final Duration OVERLAP = Duration.ofHours(24);

    /** Each adds a signature to every message. */
    private static final int MOST = 4;

    private SecretRotation() {}

    /** A new one, the one before for a day, and those replaced earlier as long as they are good. */
    static List<WebhookSecret> rotated(List<WebhookSecret> secrets, Instant now) {
        Stream<WebhookSecret> earlier = secrets.stream()
                .filter(secret -> secret.isValid(now))
                .map(secret -> secret.validUntil() == null
                        ? new WebhookSecret(secret.value(), now.plus(OVERLAP).truncatedTo(ChronoUnit.MILLIS))
                        : secret);
        return Stream.concat(Stream.of(WebhookSecret.generate()), earlier)
                .limit(MOST)
                .toList();
    }
}
