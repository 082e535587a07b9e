package broadsheet.article.totp;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.random.RandomGenerator;
import java.util.stream.Stream;

/** Ten codes for when the device is lost, each good once. */
public final class RecoveryCodes {

    private static final int COUNT = 10;
    private static final int BYTES = 10;
    private static final int GROUP = 4;

    private RecoveryCodes() {}

    /** Such as {@code k3w5-9x2d-…}, 80 bits. Not on an event loop: it waits for the system's randomness. */
    public static List<String> random(RandomGenerator random) {
        return Stream.generate(() -> {
                    var bytes = new byte[BYTES];
                    random.nextBytes(bytes);
                    return Base32.encode(bytes).toLowerCase(Locale.ROOT).replaceAll("(.{" + GROUP + "})(?!$)", "$1-");
                })
                .limit(COUNT)
                .toList();
    }

    /** What is kept of a code, however it is typed; it has too many bits for a slow hash to be of use. */
    static String hash(String code) {
        String plain = code.replaceAll("[\\s-]", "").toLowerCase(Locale.ROOT);
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(plain.getBytes(UTF_8)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("This Java has no SHA-256", e);
        }
    }
}
