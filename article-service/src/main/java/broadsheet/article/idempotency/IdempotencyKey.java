package broadsheet.article.idempotency;

import static java.nio.charset.StandardCharsets.UTF_8;

import broadsheet.web.problem.InvalidFieldException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What a caller calls one creation (draft-ietf-httpapi-idempotency-key-header), from which all is derived that is kept of it: the
 * key itself is not, so that whoever reads the store can neither send it nor read the answer.
 *
 * @param secret of this caller, path and key
 */
@SuppressWarnings("ArrayRecordComponent") // never compared
record IdempotencyKey(byte[] secret) {

    static final String HEADER = "Idempotency-Key";

    /** A string of structured fields (RFC 9651), or the same without quotes, as many clients send it. */
    private static final Pattern FORM =
            Pattern.compile("\\s*(?:\"([\\x20-\\x7e&&[^\"\\\\]]{1,255})\"|([!-~&&[^\"\\\\,;]]{1,255}))\\s*");

    /**
     * The key that a request names.
     *
     * @param values of the header
     * @throws InvalidFieldException where they are not one key of 1 to 255 characters
     */
    static IdempotencyKey of(List<String> values, String username, String path) {
        Matcher key = FORM.matcher(values.get(0));
        if (values.size() != 1 || !key.matches()) {
            throw new InvalidFieldException(HEADER, "must be one string of 1 to 255 characters of ASCII");
        }
        String text = key.group(1) == null ? key.group(2) : key.group(1);
        return new IdempotencyKey(
                sha256().digest(String.join("\0", username, path, text).getBytes(UTF_8)));
    }

    /** What the call is called in the store. */
    String id() {
        return HexFormat.of().formatHex(derived("id").digest());
    }

    /** To be updated with what the request says. */
    MessageDigest fingerprint() {
        return derived("fingerprint");
    }

    /** That encrypts the answer. */
    byte[] answerKey() {
        return derived("answer").digest();
    }

    private MessageDigest derived(String purpose) {
        MessageDigest digest = sha256();
        digest.update(secret);
        digest.update(purpose.getBytes(UTF_8));
        return digest;
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("This Java has no SHA-256", e);
        }
    }

    @Override
    public String toString() {
        return "IdempotencyKey[]";
    }
}
