package broadsheet.article.media;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.springframework.data.mongodb.core.query.Criteria.where;

import broadsheet.web.problem.InvalidFieldException;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.Base64;
import org.springframework.data.mongodb.core.query.Criteria;

/** Where a list of pictures goes on: behind the one of this time and id. */
record ImageCursor(Instant uploadedAt, String id) {

    static ImageCursor of(Image last) {
        return new ImageCursor(last.uploadedAt(), last.id());
    }

    static ImageCursor parse(String text) {
        try {
            String[] parts = new String(Base64.getUrlDecoder().decode(text), UTF_8).split(" ", 2);
            return new ImageCursor(Instant.ofEpochMilli(Long.parseLong(parts[0])), parts[1]);
        } catch (IllegalArgumentException | DateTimeException | ArrayIndexOutOfBoundsException e) {
            throw new InvalidFieldException("cursor", "is not one that a list gave out");
        }
    }

    Criteria criteria() {
        return new Criteria()
                .orOperator(
                        where("uploadedAt").lt(uploadedAt),
                        where("uploadedAt").is(uploadedAt).and("_id").lt(id));
    }

    @Override
    public String toString() {
        return Base64.getUrlEncoder()
                .withoutPadding()
                .encodeToString((uploadedAt.toEpochMilli() + " " + id).getBytes(UTF_8));
    }
}
