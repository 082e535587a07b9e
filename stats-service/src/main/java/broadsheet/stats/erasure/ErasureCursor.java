package broadsheet.stats.erasure;

import static java.nio.charset.StandardCharsets.UTF_8;

import broadsheet.web.problem.InvalidFieldException;
import java.time.Instant;
import java.util.Base64;

/** Where a list of erasures goes on: behind the one of this time and article. */
record ErasureCursor(Instant requestedAt, String articleId) {

    static String of(Erasure last) {
        return Base64.getUrlEncoder()
                .withoutPadding()
                .encodeToString((last.requestedAt().toEpochMilli() + " " + last.articleId()).getBytes(UTF_8));
    }

    static ErasureCursor parse(String text) {
        try {
            String[] parts = new String(Base64.getUrlDecoder().decode(text), UTF_8).split(" ", 2);
            return new ErasureCursor(Instant.ofEpochMilli(Long.parseLong(parts[0])), parts[1]);
        } catch (IllegalArgumentException | ArrayIndexOutOfBoundsException e) {
            throw new InvalidFieldException("cursor", "is not one that a list gave out");
        }
    }
}
