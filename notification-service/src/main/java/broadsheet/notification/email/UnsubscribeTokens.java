package broadsheet.notification.email;

import static java.nio.charset.StandardCharsets.UTF_8;

import broadsheet.notification.key.ServiceKeys;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.Base64;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Mono;

/**
 * Tokens that end a subscription, for the links in its mails: the subscription's id and its HMAC by a key of the service. They
 * are good for as long as the key is, since a mail may be opened after years, and nothing of them is stored.
 */
@Component
class UnsubscribeTokens {

    private static final String KEY = "unsubscribe";
    private static final String ALGORITHM = "HmacSHA256";
    private static final int KEY_BYTES = 32;
    private static final int MAC_BYTES = 16;
    private static final int MAX_LENGTH = 200;

    private final Mono<byte[]> key;

    @Autowired
    UnsubscribeTokens(ServiceKeys keys) {
        this(keys.get(KEY, UnsubscribeTokens::newKey));
    }

    UnsubscribeTokens(Mono<byte[]> key) {
        this.key = key;
    }

    Mono<String> of(String subscription) {
        return key.map(key -> subscription + "." + mac(subscription, key));
    }

    /** The subscription that a token ends; none where it is not one of ours. */
    Mono<String> subscription(String token) {
        int dot = token.lastIndexOf('.');
        if (dot < 1 || token.length() > MAX_LENGTH) {
            return Mono.empty();
        }
        String subscription = token.substring(0, dot);
        byte[] mac = token.substring(dot + 1).getBytes(UTF_8);
        return key.filter(
                        key -> MessageDigest.isEqual(mac, mac(subscription, key).getBytes(UTF_8)))
                .map(key -> subscription);
    }

    static byte[] newKey() {
        byte[] key = new byte[KEY_BYTES];
        new SecureRandom().nextBytes(key);
        return key;
    }

    private static String mac(String subscription, byte[] key) {
        try {
            Mac mac = Mac.getInstance(ALGORITHM);
            mac.init(new SecretKeySpec(key, ALGORITHM));
            byte[] code = Arrays.copyOf(mac.doFinal(subscription.getBytes(UTF_8)), MAC_BYTES);
            return Base64.getUrlEncoder().withoutPadding().encodeToString(code);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }
}
