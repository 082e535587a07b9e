package broadsheet.stats.history;

import broadsheet.stats.classification.Classification;
import java.time.Instant;
import java.util.List;
import java.util.NavigableMap;
import org.bson.Document;

/** What an article's readings on a day in UTC were; what was not read of the document is empty. */
public final class ArticleDay implements Day {

    private final String articleId;
    private final Instant start;
    private final long hits;
    private final DayCounts counts;
    private final DayVisitors visitors;
    private final DayBreakdown breakdown;

    private ArticleDay(Document stored) {
        this.articleId = stored.getString(ArticleDays.ARTICLE_ID);
        this.start = stored.getDate(ArticleDays.START).toInstant();
        this.hits = stored.get(ArticleDays.HITS, 0L);
        this.counts = new DayCounts().add(start, stored);
        this.visitors = DayVisitors.of(stored);
        this.breakdown = DayBreakdown.of(stored);
    }

    static ArticleDay of(Document stored) {
        return new ArticleDay(stored);
    }

    public String articleId() {
        return articleId;
    }

    @Override
    public Instant start() {
        return start;
    }

    public long hits() {
        return hits;
    }

    @Override
    public NavigableMap<Instant, Long> hitsByTime() {
        return counts.hitsByTime();
    }

    @Override
    public long hits(Instant from, Instant to) {
        return counts.hits(from, to);
    }

    /** The hits from a time on, to the minute or the quarter of an hour. */
    public long hitsFrom(Instant time) {
        return hitsByTime().tailMap(time).values().stream()
                .mapToLong(Long::longValue)
                .sum();
    }

    /** The hits before a time, to the minute or the quarter of an hour that has begun by then. */
    public long hitsBefore(Instant time) {
        return time.isBefore(end())
                ? hitsByTime().headMap(time).values().stream()
                        .mapToLong(Long::longValue)
                        .sum()
                : hits();
    }

    @Override
    public long views(Classification classification, int from, int to) {
        return counts.views(classification, from, to);
    }

    @Override
    public long visitors(int from, int to) {
        return visitors.within(from, to);
    }

    /** The distinct visitors, in all and by hour. */
    public DayVisitors dayVisitors() {
        return visitors;
    }

    /** Hits and visitors by the keys of a dimension, the most read first; at last those without a key of their own. */
    public List<KeyHits> by(ReadingDimension dimension) {
        return breakdown.by(dimension);
    }
}
