package broadsheet.article.idempotency;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.nio.ByteBuffer;
import java.security.MessageDigest;

/**
 * Takes down a form with files as it comes (RFC 2046, 5.1), but for its boundary, which a client makes anew each time. What
 * follows the last boundary is none of its parts, and nobody need read it.
 */
final class FormDigest {

    private final MessageDigest digest;
    private final byte[] delimiter;

    /** For each length of its beginning, how long the longest beginning is with which that ends (Knuth, Morris, Pratt). */
    private final int[] shorter;

    private int matched;
    private int dashes = -1;

    FormDigest(MessageDigest digest, String boundary) {
        this.digest = digest;
        this.delimiter = ("--" + boundary).getBytes(UTF_8);
        this.shorter = new int[delimiter.length + 1];
        for (int length = 2, same = 0; length <= delimiter.length; length++) {
            while (same > 0 && delimiter[length - 1] != delimiter[same]) {
                same = shorter[same];
            }
            same += delimiter[length - 1] == delimiter[same] ? 1 : 0;
            shorter[length] = same;
        }
    }

    void update(ByteBuffer part) {
        byte[] taken = new byte[part.remaining() + matched + 2];
        int count = 0;
        while (part.hasRemaining() && dashes < 2) {
            byte next = part.get();
            if (dashes >= 0) { // right after a boundary: two dashes end the form
                if (next == '-') {
                    dashes++;
                    continue;
                }
                for (; dashes > 0; dashes--) {
                    taken[count++] = '-';
                }
                dashes = -1;
            }
            while (matched > 0 && next != delimiter[matched]) {
                int released = matched - shorter[matched];
                System.arraycopy(delimiter, 0, taken, count, released);
                count += released;
                matched = shorter[matched];
            }
            if (next != delimiter[matched]) {
                taken[count++] = next;
            } else if (++matched == delimiter.length) {
                taken[count++] = '\n'; // in its place
                matched = 0;
                dashes = 0;
            }
        }
        digest.update(taken, 0, count);
    }
}
