package broadsheet.stats.rollup;

import broadsheet.stats.article.ArticleRevisions;
import broadsheet.stats.article.ArticleRevisions.Revision;
import broadsheet.stats.history.ArticleDay;
import broadsheet.stats.history.KeyHits;
import broadsheet.stats.history.ReadingDimension;
import java.util.List;
import java.util.Map;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/** The keys that an article's day has in a dimension. */
final class DayKeys {

    private DayKeys() {}

    /**
     * Passes each key and what it had; a null key for all those without one of their own. What was read of a version that is
     * not known has no key of what it was published under.
     *
     * @param revisions by their ids
     */
    static void forEach(
            Dimension dimension,
            ArticleDay day,
            Map<String, Revision> revisions,
            BiConsumer<@Nullable String, KeyHits> each) {
        ReadingDimension reading = dimension.reading();
        if (reading != null) {
            day.by(reading).forEach(hits -> each.accept(hits.key(), hits));
            return;
        }
        for (KeyHits read : day.by(ReadingDimension.REVISION)) {
            Revision revision = revisions.get(ArticleRevisions.id(day.articleId(), String.valueOf(read.key())));
            if (revision == null) {
                each.accept(null, read);
            } else {
                List<String> keys = dimension.keys(revision);
                keys.forEach(key -> each.accept(key, read));
            }
        }
    }
}
