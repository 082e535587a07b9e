package broadsheet.stats.rollup;

import broadsheet.stats.article.ArticleRevisions;
import broadsheet.stats.article.ArticleRevisions.Revision;
import broadsheet.stats.history.ArticleDay;
import broadsheet.stats.history.DayCounts;
import broadsheet.stats.history.DayVisitors;
import broadsheet.stats.history.ReadingDimension;
import java.util.EnumMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** A day of all articles together: its visitors, and hits and visitors by the keys of each {@link Dimension}. */
final class DayRollup {

    private static final int MOST_UNKNOWN = 500;

    private final Map<Dimension, KeySums> sums = new EnumMap<>(Dimension.class);
    private final Set<String> unknown = new TreeSet<>();

    private final DayCounts counts;
    private DayVisitors visitors = DayVisitors.none();

    /** @param counts the views of the day */
    DayRollup(DayCounts counts) {
        this.counts = counts;
        for (Dimension dimension : Dimension.values()) {
            sums.put(dimension, new KeySums());
        }
    }

    /** @param revisions of the article at least, by their ids */
    void add(ArticleDay day, Map<String, Revision> revisions) {
        visitors.add(day.dayVisitors());
        day.by(ReadingDimension.REVISION).stream()
                .filter(read -> read.key() != null)
                .map(read -> ArticleRevisions.id(day.articleId(), String.valueOf(read.key())))
                .filter(id -> !revisions.containsKey(id))
                .limit(MOST_UNKNOWN - unknown.size())
                .forEach(unknown::add);
        sums.forEach((dimension, keys) -> DayKeys.forEach(dimension, day, revisions, keys::add));
    }

    /**
     * With the visitors that were known while there were sketches: of numbers only the sum over all articles can be told. Where
     * none were known that stays.
     */
    DayRollup withVisitors(KnownVisitors known) {
        if (known.day() != null) {
            visitors = known.day();
        }
        known.byKey()
                .forEach((dimension, keys) ->
                        sums.getOrDefault(dimension, new KeySums()).know(keys));
        return this;
    }

    /**
     * What a day said before.
     *
     * @param day null where it was not added up before
     */
    record KnownVisitors(@Nullable DayVisitors day, Map<Dimension, Map<@Nullable String, Long>> byKey) {}

    DayCounts counts() {
        return counts;
    }

    /** Versions that were read and are not known, by their ids; {@value #MOST_UNKNOWN} at most. */
    Set<String> unknownRevisions() {
        return unknown;
    }

    DayVisitors visitors() {
        return visitors;
    }

    Map<Dimension, KeySums> sums() {
        return sums;
    }
}
