package broadsheet.stats.history;

import broadsheet.stats.classification.Classification;
import broadsheet.stats.visitor.VisitorSketch;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;
import org.bson.Document;

/** What an article's readings on a day in UTC were; what was not read of the document is empty. */
public final class ArticleDay {

    private final String articleId;
    private final Instant start;
    private final long hits;
    private final TreeMap<Instant, Long> hitsByTime = new TreeMap<>();
    private final Map<Classification, HourlyHits> byHour = new EnumMap<>(Classification.class);
    private final DayVisitors visitors;
    private final DayBreakdown breakdown;

    private ArticleDay(String articleId, Instant start, long hits, DayVisitors visitors, DayBreakdown breakdown) {
        this.articleId = articleId;
        this.start = start;
        this.hits = hits;
        this.visitors = visitors;
        this.breakdown = breakdown;
    }

    static ArticleDay of(Document stored) {
        var day = new ArticleDay(
                stored.getString(ArticleDays.ARTICLE_ID),
                stored.getDate(ArticleDays.START).toInstant(),
                stored.get(ArticleDays.HITS, 0L),
                DayVisitors.of(stored),
                DayBreakdown.of(stored));
        for (TimeOfDay unit : TimeOfDay.values()) {
            stored.get(unit.field(), new Document())
                    .forEach((number, count) -> day.hitsByTime.merge(
                            day.start.plus(unit.length().multipliedBy(Long.parseLong(number))),
                            ((Number) count).longValue(),
                            Long::sum));
        }
        stored.get(ArticleDays.BY_HOUR, new Document())
                .forEach((column, hours) -> Classification.ofColumn(column)
                        .ifPresent(known -> day.byHour.put(known, HourlyHits.of((Document) hours))));
        return day;
    }

    public String articleId() {
        return articleId;
    }

    /** Midnight in UTC. */
    public Instant start() {
        return start;
    }

    public Instant end() {
        return start.plus(Duration.ofDays(1));
    }

    public long hits() {
        return hits;
    }

    /** The hits by minute, or by quarter of an hour where the minutes are no longer kept. */
    public NavigableMap<Instant, Long> hitsByTime() {
        return hitsByTime;
    }

    /** The hits from a time on, to the minute or the quarter of an hour. */
    public long hitsFrom(Instant time) {
        return hitsByTime.tailMap(time).values().stream()
                .mapToLong(Long::longValue)
                .sum();
    }

    /** The views of a class other than {@link Classification#COUNTED} in the hours {@code [from, to)} of the day. */
    public long views(Classification classification, int from, int to) {
        HourlyHits hours = byHour.get(classification);
        return hours == null ? 0 : hours.within(from, to);
    }

    /** The distinct visitors in the hours {@code [from, to)} of the day; amid a day whose sketches are gone the sum of its hours. */
    public long visitors(int from, int to) {
        return visitors.within(from, to);
    }

    /** The visitors of the whole day, as a sketch; of a day whose sketches are gone only those that came since. */
    public VisitorSketch sketch() {
        return visitors.sketch();
    }

    /** Hits and visitors by the keys of a dimension, the most read first; at last those without a key of their own. */
    List<KeyHits> by(ReadingDimension dimension) {
        return breakdown.by(dimension);
    }
}
