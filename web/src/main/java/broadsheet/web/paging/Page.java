package broadsheet.web.paging;

import broadsheet.web.problem.InvalidFieldException;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** A page of a list; {@code nextCursor} is null on the last one. */
public record Page<T>(List<T> items, @Nullable String nextCursor) {

    public static final int DEFAULT_LIMIT = 20;
    public static final int MAX_LIMIT = 100;

    /**
     * The first of what was found, where more than the limit was asked for to see whether there is a next page.
     *
     * @param cursor of the last one shown, from which the next page goes on
     */
    public static <F, T> Page<T> of(List<F> found, int limit, Function<F, T> item, Function<F, ?> cursor) {
        List<F> shown = found.subList(0, Math.min(found.size(), limit));
        return new Page<>(
                shown.stream().map(item).toList(),
                found.size() > limit ? String.valueOf(cursor.apply(shown.get(limit - 1))) : null);
    }

    /**
     * The limit a caller may ask for.
     *
     * @throws InvalidFieldException outside 1 to 100
     */
    public static int limit(@Nullable Integer asked) {
        int limit = asked == null ? DEFAULT_LIMIT : asked;
        if (limit < 1 || limit > MAX_LIMIT) {
            throw new InvalidFieldException("limit", "must be between 1 and " + MAX_LIMIT);
        }
        return limit;
    }

    /**
     * The cursor of a list that goes on behind a number.
     *
     * @throws InvalidFieldException where it is none
     */
    public static long number(String cursor) {
        try {
            return Long.parseLong(cursor);
        } catch (NumberFormatException e) {
            throw new InvalidFieldException("cursor", "is not one that a list gave out");
        }
    }
}
