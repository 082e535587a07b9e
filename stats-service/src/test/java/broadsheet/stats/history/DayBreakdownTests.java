package broadsheet.stats.history;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import broadsheet.events.ArticleViewed;
import broadsheet.stats.ViewEvents;
import broadsheet.stats.classification.Classification;
import broadsheet.stats.classification.ClassifiedView;
import broadsheet.stats.position.Place;
import broadsheet.stats.referrer.Referrers;
import broadsheet.stats.referrer.TestReferrers;
import broadsheet.stats.visitor.VisitorSketch;
import java.time.Instant;
import java.util.List;
import java.util.stream.IntStream;
import org.bson.Document;
import org.bson.types.Binary;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class DayBreakdownTests {

    private static final Instant NOON = Instant.parse("2026-03-01T12:00:00Z");

    private final Referrers referrers = TestReferrers.of("https://news.example");

    @Test
    void hitsAndVisitorsAreCountedByEachKey() {
        Document day = added(
                new Document(),
                opened("v", "Baidu.com", NOON),
                opened("v", "www.baidu.com", NOON.plusSeconds(3_600)),
                opened("w", null, NOON));

        assertThat(DayBreakdown.of(day).by(ReadingDimension.REFERRER))
                .extracting(KeyHits::key, hits -> hits.hits().all(), KeyHits::visitors)
                .containsExactly(tuple("baidu.com", 2L, 1L));
        assertThat(DayBreakdown.of(day).by(ReadingDimension.CHANNEL))
                .extracting(KeyHits::key, hits -> hits.hits().within(12, 13), KeyHits::visitors)
                .containsExactly(tuple("search", 1L, 1L), tuple("direct", 1L, 1L));
    }

    @Test
    void madeUpReferrersFillThirtyTwoKeysAndNoHitIsLost() {
        Document day = new Document();
        for (int batch = 0; batch < 10; batch++) {
            day = added(day, madeUp(batch, 100));
            for (int reader = 0; reader < 5; reader++) {
                day = added(day, opened("a" + reader, "real.example", NOON));
            }
        }

        List<KeyHits> stored = DayBreakdown.of(day).by(ReadingDimension.REFERRER);
        assertThat(stored).hasSize(DayBreakdown.MAX_KEYS + 1);
        assertThat(stored.get(0))
                .extracting(KeyHits::key, hits -> hits.hits().all())
                .containsExactly("real.example", 50L);
        assertThat(stored.get(DayBreakdown.MAX_KEYS).key()).isNull();
        assertThat(stored.stream().mapToLong(hits -> hits.hits().all()).sum()).isEqualTo(1_050);
    }

    @Test
    void aKeyThatComesWhenAllPlacesAreTakenEarnsOneByAndBy() {
        Document day = new Document();
        for (int twice = 0; twice < 2; twice++) {
            day = added(day, madeUp(0, DayBreakdown.MAX_KEYS));
        }
        for (int reader = 0; reader < 30; reader++) {
            day = added(day, opened("a" + reader, "real.example", NOON));
        }

        assertThat(DayBreakdown.of(day).by(ReadingDimension.REFERRER).get(0))
                .extracting(KeyHits::key, hits -> hits.hits().all())
                .containsExactly("real.example", 30L);
    }

    private static ArticleViewed[] madeUp(int batch, int hosts) {
        return IntStream.range(0, hosts)
                .mapToObj(host -> opened("v" + host, "made-up-" + batch + "-" + host + ".example", NOON))
                .toArray(ArticleViewed[]::new);
    }

    @Test
    void visitorsStayAsNumbers() {
        Document day = added(new Document(), opened("v", "a.example", NOON), opened("w", "a.example", NOON));
        Document merged = new Document("by", DayBreakdown.of(day).toMergedDocument());
        Document later = added(merged, opened("x", "a.example", NOON));

        assertThat(merged.toString()).doesNotContain("sketch");
        assertThat(DayBreakdown.of(later).by(ReadingDimension.REFERRER))
                .extracting(KeyHits::key, hits -> hits.hits().all(), KeyHits::visitors)
                .containsExactly(tuple("a.example", 3L, 3L));
    }

    @Test
    void whatAnEarlierReleaseStoredIsCountedOn() {
        var sketch = new VisitorSketch(8);
        sketch.add("v");
        var known = new Document("key", "a.example")
                .append("hits", new Document("3", 2L))
                .append("merged", 4L)
                .append("sketch", new Binary(sketch.toBytes()));
        var others = new Document("hits", new Document("4", 5L));
        var stored = new Document("by", new Document(ReadingDimension.REFERRER.field(), List.of(known, others)));

        Document day = added(stored, opened("v", "a.example", NOON), opened("w", "a.example", NOON));

        assertThat(DayBreakdown.of(day).by(ReadingDimension.REFERRER))
                .extracting(
                        KeyHits::key,
                        hits -> hits.hits().within(3, 5),
                        hits -> hits.hits().all(),
                        KeyHits::visitors)
                .containsExactly(tuple("a.example", 2L, 4L, 6L), tuple(null, 5L, 5L, 0L));
    }

    private Document added(Document day, ArticleViewed... views) {
        List<ClassifiedView> hits = List.of(views).stream()
                .map(view -> ClassifiedView.of("t-0", new Place(0, 0), Classification.COUNTED, view))
                .toList();
        return new Document("by", DayBreakdown.of(day).add(hits, referrers).toDocument());
    }

    private static ArticleViewed opened(String visitor, @Nullable String referrer, Instant at) {
        return ViewEvents.referredBy(referrer, ViewEvents.view("a", visitor, at));
    }
}
