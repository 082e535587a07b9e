package broadsheet.notification.event;

import broadsheet.web.problem.InvalidFieldException;
import org.jspecify.annotations.Nullable;

/** An id or cursor as a client sends it. */
public final class ResumeParameter {

    private static final int MAX_LENGTH = 2_000;

    private ResumeParameter() {}

    /**
     * The point that the text encodes; none where it is blank.
     *
     * @throws InvalidFieldException naming the field whose text is none of our ids
     */
    public static @Nullable ResumePoint read(String field, @Nullable String id) {
        if (id == null || id.isBlank()) {
            return null;
        }
        try {
            if (id.length() > MAX_LENGTH) {
                throw new IllegalArgumentException("An id of " + id.length() + " characters");
            }
            return ResumePoint.decode(id);
        } catch (IllegalArgumentException e) {
            throw new InvalidFieldException(field, "is not an id of this stream");
        }
    }
}
