package broadsheet.notification.webhook;

import static java.nio.charset.StandardCharsets.UTF_8;

import broadsheet.notification.subscription.WebhookSecret;
import java.security.GeneralSecurityException;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.stream.Collectors;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** The header {@code webhook-signature} of Standard Webhooks 1.0: one signature by each secret that is still good. */
final class WebhookSignature {

    private static final String ALGORITHM = "HmacSHA256";
    private static final String PREFIX = "whsec_";

    private WebhookSignature() {}

    static String of(List<WebhookSecret> secrets, String id, Instant now, byte[] body) {
        byte[] head = (id + "." + now.getEpochSecond() + ".").getBytes(UTF_8);
        return secrets.stream()
                .filter(secret -> secret.isValid(now))
                .map(secret -> "v1," + Base64.getEncoder().encodeToString(hmac(secret, head, body)))
                .collect(Collectors.joining(" "));
    }

    private static byte[] hmac(WebhookSecret secret, byte[] head, byte[] body) {
        try {
            byte[] key = Base64.getDecoder().decode(secret.value().substring(PREFIX.length()));
            Mac mac = Mac.getInstance(ALGORITHM);
            mac.init(new SecretKeySpec(key, ALGORITHM));
            mac.update(head);
            return mac.doFinal(body);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("No " + ALGORITHM, e);
        }
    }
}
