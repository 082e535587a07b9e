package broadsheet.article.view;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.security.GeneralSecurityException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.Base64;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Mono;

/**
 * Pseudonyms of visitors, new each day: HMAC-SHA256 (RFC 2104) of address and user agent under the day's salt, cut to 128
 * bits, base64url. No address is stored, and no cookie is set.
 */
@Component
class VisitorKeys {

    private static final String ALGORITHM = "HmacSHA256";
    private static final int KEY_BYTES = 16;

    private final DailySalts salts;

    VisitorKeys(DailySalts salts) {
        this.salts = salts;
    }

    Mono<String> of(String address, String userAgent, Instant at) {
        return salts.of(LocalDate.ofInstant(at, ZoneOffset.UTC)).map(salt -> key(salt, address, userAgent));
    }

    private static String key(byte[] salt, String address, String userAgent) {
        try {
            Mac mac = Mac.getInstance(ALGORITHM);
            mac.init(new SecretKeySpec(salt, ALGORITHM));
            mac.update(address.getBytes(UTF_8));
            mac.update((byte) 0);
            byte[] digest = mac.doFinal(userAgent.getBytes(UTF_8));
            return Base64.getUrlEncoder().withoutPadding().encodeToString(Arrays.copyOf(digest, KEY_BYTES));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("Every Java has " + ALGORITHM, e);
        }
    }
}
