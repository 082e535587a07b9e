package broadsheet.stats.history;

import static org.assertj.core.api.Assertions.assertThat;

import broadsheet.stats.classification.Classification;
import broadsheet.stats.erased.ErasedArticles;
import broadsheet.stats.projection.DocumentMove;
import broadsheet.stats.visitor.VisitorSketch;
import java.time.Instant;
import java.util.Date;
import java.util.List;
import java.util.Map;
import org.bson.Document;
import org.bson.types.Binary;
import org.junit.jupiter.api.Test;

class UnnamedDayTests {

    private static final Instant START = Instant.parse("2026-03-01T00:00:00Z");

    private final UnnamedDay unnamed = new UnnamedDay(TestArticleDays.KEPT);

    @Test
    void itHasTheViewsOfAllItsArticlesAndEachVisitorOnce() {
        ArticleDay day = ArticleDay.of(add(add(none(), day("a", "v", 3, "one", "two")), day("b", "w", 4, "two")));

        assertThat(day.articleId()).isEqualTo(ErasedArticles.TOGETHER);
        assertThat(day.hits()).isEqualTo(7);
        assertThat(day.hitsByTime()).isEqualTo(Map.of(START.plusSeconds(300), 7L));
        assertThat(day.views(Classification.BOT, 3, 4)).isEqualTo(2);
        assertThat(day.visitors(0, 24)).isEqualTo(2);
        assertThat(day.visitors(0, 1)).isEqualTo(2);
    }

    @Test
    void itTellsWhereReadersCameFromButNotWhatTheyRead() {
        ArticleDay day = ArticleDay.of(add(add(none(), day("a", "v", 3, "one")), day("b", "w", 4, "two")));

        assertThat(day.by(ReadingDimension.CHANNEL)).singleElement().satisfies(all -> {
            assertThat(all.key()).isEqualTo("direct");
            assertThat(all.hits().all()).isEqualTo(7);
            assertThat(all.visitors()).isEqualTo(2);
        });
        assertThat(day.by(ReadingDimension.REVISION)).singleElement().satisfies(all -> {
            assertThat(all.key()).isNull();
            assertThat(all.hits().all()).isEqualTo(7);
        });
        assertThat(day.by(ReadingDimension.ALERT)).isEmpty();
    }

    @Test
    void numbersOfVisitorsAreAddedToSketches() {
        Document old = day("a", "v", 3, "one");
        DayVisitors.FIELDS.forEach(old::remove);
        old.append("merged", new Document("day", 5L)).append("visitors", 5L);

        Document sum = add(add(none(), old), day("b", "w", 4, "two"));

        assertThat(ArticleDay.of(sum).visitors(0, 24)).isEqualTo(6);
        assertThat(sum.getLong("visitors")).isEqualTo(6);
    }

    @Test
    void packedDaysAreAddedUpToo() {
        Document sum = none();
        for (String article : List.of("a", "b")) {
            Document day = day(article, "1", 3, "v");
            day.append("quarters", TimeOfDay.QUARTER.packed(Map.of(7L, 3L))).remove("minutes");
            day.append("by", DayBreakdown.of(day).toMergedDocument());
            sum = add(sum, day);
        }

        assertThat(ArticleDay.of(sum).hitsByTime())
                .isEqualTo(Map.of(START.plus(TimeOfDay.QUARTER.length().multipliedBy(7)), 6L));
        assertThat(ArticleDay.of(sum).by(ReadingDimension.CHANNEL))
                .singleElement()
                .satisfies(all -> {
                    assertThat(all.hits().all()).isEqualTo(6);
                    assertThat(all.visitors()).isEqualTo(2);
                });
    }

    @Test
    void eachMoveChangesWhenItIsDue() {
        Document once = add(none(), day("a", "v", 3, "one"));
        Document twice = add(once, day("b", "w", 4, "two"));

        assertThat(twice.getDate(ArticleDays.DUE)).isAfter(once.getDate(ArticleDays.DUE));
    }

    @Test
    void whatStaysOfAnArticlesOwnDayHasNoCounts() {
        Document rest = unnamed.rest(day("a", "v", 3, "one"));

        assertThat(rest.keySet()).containsExactlyInAnyOrder("_id", "articleId", "hits");
        assertThat(unnamed.of(rest)).isEmpty();
    }

    private static Document none() {
        return new Document("_id", "erased@2026-03-01");
    }

    private Document add(Document to, Document from) {
        long times = to.get(DocumentMove.TIMES, 0L) + 1;
        return unnamed.add(new Document(to).append(DocumentMove.TIMES, times), unnamed.of(from))
                .append(DocumentMove.TIMES, times);
    }

    private static Document day(String article, String revision, long hits, String... visitors) {
        var sketch = new VisitorSketch(13);
        List.of(visitors).forEach(sketch::add);
        var hour = new VisitorSketch(12);
        List.of(visitors).forEach(hour::add);
        return new Document("_id", article + "@2026-03-01")
                .append("articleId", article)
                .append("start", Date.from(START))
                .append("due", Date.from(START))
                .append("hits", hits)
                .append("minutes", new Document("5", hits))
                .append("bots", 1L)
                .append("byHour", new Document("bots", new Document("3", 1L)))
                .append("sketch", new Binary(sketch.toBytes()))
                .append("hours", new Document("0", new Binary(hour.toBytes())))
                .append("visitors", sketch.count())
                .append(
                        "by",
                        new Document("channel", List.of(key("direct", hits, visitors)))
                                .append("revision", List.of(key(revision, hits, visitors)))
                                .append("alert", List.of(key("alert-of-" + article, hits, visitors))));
    }

    private static Document key(String key, long hits, String... visitors) {
        var sketch = new VisitorSketch(8);
        List.of(visitors).forEach(sketch::add);
        return new Document("key", key)
                .append("hits", new Document("0", hits))
                .append("sketch", new Binary(sketch.toBytes()));
    }
}
