package broadsheet.article.idempotency;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FormDigestTests {

    private static final String BOUNDARY = "aabaab";
    private static final String FORM = "--%1$s\r\nContent-Type: a\r\n\r\nx-%2$s-\r\n--%1$s\r\n\r\n-y\r\n--%1$s--";

    @Test
    void anotherBoundaryMakesNoDifference() {
        assertThat(digest("b", form("b", "file"), 1_000)).isEqualTo(digest(BOUNDARY, form(BOUNDARY, "file"), 1_000));
        assertThat(digest("b", form("b", "file"), 1_000)).isNotEqualTo(digest(BOUNDARY, form(BOUNDARY, "filf"), 1_000));
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 7, 11})
    void howItIsCutMakesNoDifference(int bytes) {
        String form = form(BOUNDARY, "aabaaaab--aabaa");
        assertThat(digest(BOUNDARY, form, bytes)).isEqualTo(digest(BOUNDARY, form, form.length()));
    }

    @Test
    void whatFollowsTheFormIsNotRead() {
        String form = form(BOUNDARY, "file");
        assertThat(digest(BOUNDARY, form + "\r\nmore", 5)).isEqualTo(digest(BOUNDARY, form, 4));
    }

    @ParameterizedTest
    @ValueSource(strings = {"aabaa", "aabaabaa", "--aaba", "aab--aabaa--"})
    void whatBeginsLikeTheBoundaryIsPartOfTheFile(String file) {
        for (int bytes = 1; bytes < 9; bytes++) {
            assertThat(digest(BOUNDARY, form(BOUNDARY, file), bytes)).isEqualTo(digest("zz", form("zz", file), 99));
        }
    }

    private static String form(String boundary, String file) {
        return FORM.formatted(boundary, file);
    }

    private static String digest(String boundary, String form, int bytesAtOnce) {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            var taken = new FormDigest(digest, boundary);
            byte[] all = form.getBytes(UTF_8);
            for (int first = 0; first < all.length; first += bytesAtOnce) {
                taken.update(ByteBuffer.wrap(all, first, Math.min(bytesAtOnce, all.length - first)));
            }
            return HexFormat.of().formatHex(digest.digest());
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
