package broadsheet.stats.ranking;

import broadsheet.web.problem.InvalidFieldException;
import org.jspecify.annotations.Nullable;

/** The category that a caller asks for. */
final class AskedCategory {

    private AskedCategory() {}

    static @Nullable String checked(@Nullable String slug) {
        if (slug != null && slug.isBlank()) {
            throw new InvalidFieldException("category", "must be the slug of a category");
        }
        return slug;
    }
}
