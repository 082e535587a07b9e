package broadsheet.stats.rollup;

import broadsheet.stats.article.ArticleRevisions.Revision;
import broadsheet.stats.history.ArticleDay;
import broadsheet.stats.history.DayVisitors;
import java.util.EnumMap;
import java.util.Map;

/** A day of all articles together: its visitors, and hits and visitors by the keys of each {@link Dimension}. */
final class DayRollup {

    private final DayVisitors visitors = DayVisitors.none();
    private final Map<Dimension, KeySums> sums = new EnumMap<>(Dimension.class);

    DayRollup() {
        for (Dimension dimension : Dimension.values()) {
            sums.put(dimension, new KeySums());
        }
    }

    /** @param revisions of the article at least, by their ids */
    void add(ArticleDay day, Map<String, Revision> revisions) {
        visitors.add(day.dayVisitors());
        sums.forEach((dimension, keys) -> DayKeys.forEach(dimension, day, revisions, keys::add));
    }

    DayVisitors visitors() {
        return visitors;
    }

    Map<Dimension, KeySums> sums() {
        return sums;
    }
}
