package broadsheet.article.store;

import static java.nio.charset.StandardCharsets.UTF_8;

import broadsheet.web.problem.InvalidFieldException;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.Base64;

/** Where a list goes on: behind the article of this time and id. */
public record ListCursor(Instant listedAt, String id) {

    private static final Instant LATEST = Instant.parse("9999-12-31T23:59:59Z");

    public static ListCursor of(ListedArticle last) {
        return new ListCursor(last.dates().listed(), last.id());
    }

    public static ListCursor parse(String text) {
        try {
            String[] parts = new String(Base64.getUrlDecoder().decode(text), UTF_8).split(" ", 2);
            return new ListCursor(possible(Instant.parse(parts[0])), parts[1]);
        } catch (IllegalArgumentException | DateTimeException | ArrayIndexOutOfBoundsException e) {
            throw new InvalidFieldException("cursor", "is not one that a list gave out");
        }
    }

    /** MongoDB keeps milliseconds since 1970 in 64 bits, so a forged year could not even be asked for. */
    private static Instant possible(Instant time) {
        if (time.isBefore(Instant.EPOCH) || time.isAfter(LATEST)) {
            throw new DateTimeException("Not the time of an article: " + time);
        }
        return time;
    }

    @Override
    public String toString() {
        return Base64.getUrlEncoder().withoutPadding().encodeToString((listedAt + " " + id).getBytes(UTF_8));
    }
}
