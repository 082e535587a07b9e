package broadsheet.article.totp;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.eatthepath.otp.HmacOneTimePasswordGenerator;
import java.net.URLEncoder;
import java.security.InvalidKeyException;
import java.security.MessageDigest;
import java.time.Duration;
import java.time.Instant;
import java.util.Locale;
import java.util.OptionalLong;
import java.util.random.RandomGenerator;
import java.util.stream.LongStream;
import javax.crypto.spec.SecretKeySpec;

/** What an authenticator app and we make codes from: 160 bits, six digits, HMAC-SHA-1, 30 seconds, as all apps can. */
@SuppressWarnings("ArrayRecordComponent") // never compared
public record TotpSecret(byte[] bytes) {

    private static final int BYTES = 20;
    private static final Duration STEP = Duration.ofSeconds(30);

    /** So many steps a code may be early or late: clocks differ, and typing takes time. */
    private static final int TOLERANCE = 1;

    /** Not on an event loop: it waits for the system's randomness. */
    public static TotpSecret random(RandomGenerator random) {
        var bytes = new byte[BYTES];
        random.nextBytes(bytes);
        return new TotpSecret(bytes);
    }

    /** As one types it into an app: base32 (RFC 4648). */
    public String text() {
        return Base32.encode(bytes);
    }

    /** As an app reads it from a QR code. */
    public String uri(String issuer, String username) {
        return "otpauth://totp/%s:%s?secret=%s&issuer=%s&algorithm=SHA1&digits=6&period=%d"
                .formatted(encoded(issuer), encoded(username), text(), encoded(issuer), STEP.toSeconds());
    }

    /** The step that a code is of; empty where it is wrong. Not on an event loop: a first HMAC reads files. */
    OptionalLong stepOf(String code, Instant now) {
        long current = now.getEpochSecond() / STEP.toSeconds();
        return LongStream.rangeClosed(current - TOLERANCE, current + TOLERANCE)
                .filter(step -> MessageDigest.isEqual(
                        code(step).getBytes(UTF_8), code.replace(" ", "").getBytes(UTF_8)))
                .findFirst();
    }

    private String code(long step) {
        try {
            var key = new SecretKeySpec(bytes, "HmacSHA1");
            return new HmacOneTimePasswordGenerator().generateOneTimePasswordString(key, step, Locale.ROOT);
        } catch (InvalidKeyException e) {
            throw new IllegalStateException("No key for HMAC-SHA-1", e);
        }
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, UTF_8).replace("+", "%20");
    }

    @Override
    public String toString() {
        return "TotpSecret[]";
    }
}
