package broadsheet.stats.article;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * An article as statistics show it.
 *
 * @param publishedAt null where it never was, or where an earlier release stored the newest version that arrived
 */
public record Article(
        String articleId,
        String title,
        String url,
        Category category,
        @Nullable Instant publishedAt) {

    public record Category(String slug, String name) {}
}
