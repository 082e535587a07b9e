package broadsheet.web.precondition;

import broadsheet.web.problem.InvalidFieldException;
import broadsheet.web.problem.ProblemException;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.springframework.http.ETag;
import org.springframework.http.HttpStatus;

/**
 * {@code If-Match} (RFC 9110, 13.1.1) of a write to a thing whose strong ETag is its version. {@code checkNotModified} of
 * Spring takes a header that it cannot read as none, does not ask for a missing one, and answers without a body.
 */
public final class IfMatch {

    private static final Pattern SYNTAX = Pattern.compile("\\s*(\\*|(W/)?\"[^\"]*\"(\\s*,\\s*(W/)?\"[^\"]*\")*)\\s*");

    /** Of the header: each tag takes a frame of the stack to match. */
    private static final int MAX_LENGTH = 1_000;

    private IfMatch() {}

    /**
     * Fails with 428 where the header is missing, 412 where it names other versions, 400 where it cannot be read.
     *
     * @param thing what the problem calls it: {@code Article 42}
     */
    public static void required(@Nullable String header, long version, String thing) {
        present(header);
        optional(header, version, thing);
    }

    /** Fails with 428 where the header is missing. */
    public static void present(@Nullable String header) {
        if (header == null) {
            throw new ProblemException(
                    HttpStatus.PRECONDITION_REQUIRED, "Send the ETag of the version you changed in If-Match");
        }
    }

    /** The same, but a missing header is no condition. */
    public static void optional(@Nullable String header, long version, String thing) {
        if (!isMet(header, version)) {
            throw stale(thing, version);
        }
    }

    /** Whether a header allows the write; one that is missing does. */
    public static boolean isMet(@Nullable String header, long version) {
        return header == null || matches(header, version);
    }

    /** For a write that found another version than the one that was read. */
    public static ProblemException stale(String thing) {
        return new ProblemException(
                HttpStatus.PRECONDITION_FAILED, thing + " is not at the version that If-Match names");
    }

    /** The same, with the version that the thing has now: as {@code version} and as its ETag. */
    public static ProblemException stale(String thing, long version) {
        ProblemException problem = stale(thing);
        problem.getBody().setProperty("version", version);
        problem.getHeaders().setETag("\"" + version + "\"");
        return problem;
    }

    private static boolean matches(String header, long version) {
        if (header.length() > MAX_LENGTH || !SYNTAX.matcher(header).matches()) {
            throw new InvalidFieldException("If-Match", "must be entity tags in double quotes, or *");
        }
        String expected = Long.toString(version);
        return ETag.parse(header).stream()
                .anyMatch(tag -> tag.isWildcard() || (!tag.weak() && tag.tag().equals(expected)));
    }
}
