package broadsheet.notification.email;

import static java.nio.charset.StandardCharsets.UTF_8;

import broadsheet.notification.key.ServiceKeys;
import java.security.MessageDigest;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Mono;

/**
 * Tokens that end a subscription, for the links in its mails: the subscription's id and its HMAC by a key of the service. They
 * are good for as long as the key is, since a mail may be opened after years, and nothing of them is stored.
 */
@Component
class UnsubscribeTokens {

    private static final int MAX_LENGTH = 200;

    private final Mono<byte[]> key;

    @Autowired
    UnsubscribeTokens(ServiceKeys keys) {
        this(keys.get("unsubscribe", Hmac::newKey));
    }

    UnsubscribeTokens(Mono<byte[]> key) {
        this.key = key;
    }

    Mono<String> of(String subscription) {
        return key.map(key -> subscription + "." + Hmac.of(subscription, key));
    }

    /** The subscription that a token ends; none where it is not one of ours. */
    Mono<String> subscription(String token) {
        int dot = token.lastIndexOf('.');
        if (dot < 1 || token.length() > MAX_LENGTH) {
            return Mono.empty();
        }
        String subscription = token.substring(0, dot);
        byte[] mac = token.substring(dot + 1).getBytes(UTF_8);
        return key.filter(key ->
                        MessageDigest.isEqual(mac, Hmac.of(subscription, key).getBytes(UTF_8)))
                .map(key -> subscription);
    }
}
