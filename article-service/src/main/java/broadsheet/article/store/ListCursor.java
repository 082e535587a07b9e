package broadsheet.article.store;

import static java.nio.charset.StandardCharsets.UTF_8;

import broadsheet.web.problem.InvalidFieldException;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.Base64;

/** Where a list goes on: behind the article of this time and id. */
public record ListCursor(Instant listedAt, String id) {

    public static ListCursor of(ListedArticle last) {
        return new ListCursor(last.dates().listed(), last.id());
    }

    public static ListCursor parse(String text) {
        try {
            String[] parts = new String(Base64.getUrlDecoder().decode(text), UTF_8).split(" ", 2);
            return new ListCursor(Instant.parse(parts[0]), parts[1]);
        } catch (IllegalArgumentException | DateTimeException | ArrayIndexOutOfBoundsException e) {
            throw new InvalidFieldException("cursor", "is not one that a list gave out");
        }
    }

    @Override
    public String toString() {
        return Base64.getUrlEncoder().withoutPadding().encodeToString((listedAt + " " + id).getBytes(UTF_8));
    }
}
