package broadsheet.article.exports;

import com.fasterxml.jackson.annotation.JsonInclude;
import org.jspecify.annotations.Nullable;

/**
 * A category as a line of the export; the lines of categories come before those of articles, parents first.
 *
 * @param kind {@link #KIND}, which tells it from an article
 * @param slug made of the name where there is none
 * @param parent the slug of the category it stands below
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record CategoryLine(
        @Nullable String kind,
        @Nullable String slug,
        @Nullable String name,
        @Nullable String parent,
        @Nullable Integer position) {

    public static final String KIND = "category";

    public static CategoryLine of(@Nullable String slug, String name, @Nullable String parent) {
        return new CategoryLine(KIND, slug, name, parent, null);
    }
}
