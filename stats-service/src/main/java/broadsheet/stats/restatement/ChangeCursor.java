package broadsheet.stats.restatement;

import static java.nio.charset.StandardCharsets.UTF_8;

import broadsheet.stats.generation.RestatementChanges.Change;
import broadsheet.web.problem.InvalidFieldException;
import java.util.Base64;

/** Where a list of changes goes on: behind the one of this size and article. */
final class ChangeCursor {

    private ChangeCursor() {}

    static String of(Change last) {
        return Base64.getUrlEncoder()
                .withoutPadding()
                .encodeToString((last.size() + " " + last.articleId()).getBytes(UTF_8));
    }

    static Change parse(String text) {
        try {
            String[] parts = new String(Base64.getUrlDecoder().decode(text), UTF_8).split(" ", 2);
            return new Change(parts[1], 0, Long.parseLong(parts[0]));
        } catch (IllegalArgumentException | ArrayIndexOutOfBoundsException e) {
            throw new InvalidFieldException("cursor", "is not one that a list gave out");
        }
    }
}
