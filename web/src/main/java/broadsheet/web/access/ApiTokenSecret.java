package broadsheet.web.access;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.random.RandomGenerator;
import java.util.regex.Pattern;
import java.util.zip.CRC32;

/**
 * The text of an API token: {@code bst_}, 32 random letters and digits (190 bits), and six that are the CRC-32 of those, so that
 * scanners of leaked secrets know one without asking, and a mistyped one is refused unasked.
 */
public record ApiTokenSecret(String text) {

    static final String PREFIX = "bst_";

    private static final String DIGITS = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";
    private static final int RANDOM_DIGITS = 32;
    private static final int CHECK_DIGITS = 6;
    private static final Pattern FORM = Pattern.compile(PREFIX + "[0-9A-Za-z]{38}");

    /** Not on an event loop: it waits for the system's randomness. */
    public static ApiTokenSecret random(RandomGenerator random) {
        var digits = new StringBuilder();
        random.ints(RANDOM_DIGITS, 0, DIGITS.length()).forEach(digit -> digits.append(DIGITS.charAt(digit)));
        return new ApiTokenSecret(PREFIX + digits + check(digits.toString()));
    }

    /** Whether a bearer's text claims to be an API token; no session token begins like that. */
    static boolean isMeantBy(String bearer) {
        return bearer.startsWith(PREFIX);
    }

    boolean isWellFormed() {
        if (!FORM.matcher(text).matches()) {
            return false;
        }
        int end = PREFIX.length() + RANDOM_DIGITS;
        return check(text.substring(PREFIX.length(), end)).equals(text.substring(end));
    }

    /** SHA-256 in hexadecimal, all that is kept of it: with so many random bits a slower hash would add nothing. */
    public String hash() {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(text.getBytes(US_ASCII)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("This Java has no SHA-256", e);
        }
    }

    private static String check(String digits) {
        var crc = new CRC32();
        crc.update(digits.getBytes(US_ASCII));
        var check = new StringBuilder();
        for (long rest = crc.getValue(); check.length() < CHECK_DIGITS; rest /= DIGITS.length()) {
            check.insert(0, DIGITS.charAt((int) (rest % DIGITS.length())));
        }
        return check.toString();
    }

    @Override
    public String toString() {
        return PREFIX + "…";
    }
}
