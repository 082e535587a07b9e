package broadsheet.stats.history;

import static broadsheet.stats.ViewEvents.view;

import broadsheet.stats.classification.Classification;
import broadsheet.stats.classification.ClassifiedView;
import broadsheet.stats.position.Place;
import broadsheet.stats.visitor.VisitorSketch;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import java.util.Map;
import java.util.Set;
import org.bson.Document;
import org.bson.types.Binary;

/** Days as the store holds them. */
public final class TestDay {

    private TestDay() {}

    /**
     * An article's day.
     *
     * @param minutes hits by the minute of the day
     * @param hours visitors by the hour of the day
     */
    public static ArticleDay of(String date, Map<Integer, Long> minutes, Map<Integer, Set<String>> hours) {
        return of(date, minutes, hours, Map.of());
    }

    /** The same with views by robots, by the hour of the day. */
    public static ArticleDay of(
            String date, Map<Integer, Long> minutes, Map<Integer, Set<String>> hours, Map<Integer, Long> bots) {
        var stored = document(date, minutes);
        var day = new VisitorSketch(13);
        var sketches = new Document();
        hours.forEach((hour, visitors) -> {
            var sketch = new VisitorSketch(12);
            visitors.forEach(sketch::add);
            visitors.forEach(day::add);
            sketches.append(hour.toString(), new Binary(sketch.toBytes()));
        });
        var byHour = new Document();
        bots.forEach((hour, views) -> byHour.append(hour.toString(), views));
        return ArticleDay.of(stored.append("hours", sketches)
                .append("sketch", new Binary(day.toBytes()))
                .append("byHour", new Document("bots", byHour)));
    }

    private static Document document(String date, Map<Integer, Long> minutes) {
        var stored = new Document();
        minutes.forEach((minute, hits) -> stored.append(minute.toString(), hits));
        return new Document("articleId", "a")
                .append("start", Date.from(Instant.parse(date + "T00:00:00Z")))
                .append(
                        "hits",
                        minutes.values().stream().mapToLong(Long::longValue).sum())
                .append("minutes", stored);
    }

    static ClassifiedView hit(String visitor, Instant day, int hour) {
        return ClassifiedView.of(
                "t-0", new Place(0, 0), Classification.COUNTED, view("a", visitor, day.plus(Duration.ofHours(hour))));
    }
}
