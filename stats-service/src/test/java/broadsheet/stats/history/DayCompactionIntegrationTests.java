package broadsheet.stats.history;

import static broadsheet.stats.ViewEvents.referredBy;
import static broadsheet.stats.ViewEvents.view;
import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import broadsheet.stats.StoredDocuments;
import broadsheet.stats.classification.Classification;
import broadsheet.stats.classification.ClassifiedView;
import broadsheet.stats.generation.Generation;
import broadsheet.stats.position.Place;
import broadsheet.stats.projection.FenceMetrics;
import broadsheet.stats.projection.FencedProjectionWriter;
import broadsheet.testservers.MongoServers;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Stream;
import org.bson.Document;
import org.bson.types.Binary;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.MethodSource;
import reactor.core.publisher.Flux;

/** Old days lose detail and no hit. */
@ParameterizedClass
@MethodSource("servers")
class DayCompactionIntegrationTests {

    private static final Instant DAY = Instant.parse("2026-03-01T00:00:00Z");
    private static final Duration TIME_LIMIT = Duration.ofMinutes(1);

    private final StoredDocuments store;
    private final ArticleDays days;
    private final FencedProjectionWriter writer;
    private Instant now = DAY;
    private long offset;

    DayCompactionIntegrationTests(String uri) {
        store = new StoredDocuments(uri);
        days = TestArticleDays.of(store.served());
        writer = new FencedProjectionWriter(
                store.collections(), List.of(days), Generation.FIRST, new FenceMetrics(new SimpleMeterRegistry()));
    }

    static Stream<Named<String>> servers() {
        return MongoServers.uris("compaction-" + UUID.randomUUID());
    }

    @AfterEach
    void drop() {
        store.drop();
        store.close();
    }

    /** As a reconciliation asks of a store that has counted nothing. */
    @Test
    void ofNoArticlesNothingIsCounted() {
        assertThat(days.counted(List.of()).collectList().block(TIME_LIMIT)).isEmpty();
    }

    @Test
    void minutesBecomeQuartersAfterTwoDaysAndSketchesNumbersAfterFiveWeeks() {
        open("v", "10:07:59");
        open("w", "10:14:00");
        open("v", "10:15:00");
        open("x", "23:59:59");

        compactAt(DAY.plus(Duration.ofDays(3)).minusMillis(1));
        assertThat(stored()).containsKeys("minutes", "sketch").doesNotContainKey("quarters");

        compactAt(DAY.plus(Duration.ofDays(3)));
        assertThat(stored())
                .containsKeys("sketch", "hours")
                .doesNotContainKey("minutes")
                .containsEntry(
                        "quarters", new Document("40", 2L).append("41", 1L).append("95", 1L));
        assertThat(theDay().hitsByTime())
                .isEqualTo(Map.of(
                        DAY.plus(Duration.ofHours(10)), 2L,
                        DAY.plus(Duration.ofMinutes(615)), 1L,
                        DAY.plus(Duration.ofMinutes(1_425)), 1L));

        compactAt(DAY.plus(Duration.ofDays(36)));
        assertThat(stored()).doesNotContainKeys("sketch", "hours", "due");
        assertThat(stored().toString()).doesNotContain("sketch");
        assertThat(theDay().visitors(0, 24)).isEqualTo(3);
        assertThat(theDay().visitors(0, 12)).isEqualTo(2);
        assertThat(theDay().hits()).isEqualTo(4);
        assertThat(theDay().hitsByTime()).hasSize(3).containsEntry(DAY.plus(Duration.ofHours(10)), 2L);
        assertThat(theDay().hits(DAY, DAY.plus(Duration.ofMinutes(615)))).isEqualTo(2);
        assertThat(theDay().hits(DAY.plus(Duration.ofMinutes(601)), DAY.plus(Duration.ofDays(1))))
                .isEqualTo(2);
        assertThat(stored().get("quarters")).isInstanceOf(Binary.class);
        assertThat(days.counted(List.of("a")).blockFirst(TIME_LIMIT))
                .isNotNull()
                .extracting(counted -> counted.timed().sum())
                .isEqualTo(4L);
    }

    @Test
    void whatComesLaterIsAddedAndCompactedToo() {
        open("v", "10:00:00");
        compactAt(DAY.plus(Duration.ofDays(40)));
        open("w", "10:01:00");
        open("x", "11:00:00");

        assertThat(theDay().hits()).isEqualTo(3);
        assertThat(theDay().hits(DAY.plus(Duration.ofMinutes(601)), DAY.plus(Duration.ofHours(12))))
                .isEqualTo(2);
        assertThat(theDay().hitsFrom(DAY.plus(Duration.ofMinutes(601)))).isEqualTo(2);
        compactAt(DAY.plus(Duration.ofDays(41)));
        assertThat(stored()).containsEntry("visitors", 3L).doesNotContainKeys("minutes", "sketch", "due");
        assertThat(TimeOfDay.QUARTER.hits(stored())).isEqualTo(Map.of(40L, 2L, 44L, 1L));
    }

    @Test
    void aDayThatIsCountedMeanwhileLosesNothing() {
        for (int round = 0; round < 30; round++) {
            open("v" + round, "10:00:00");
        }
        now = DAY.plus(Duration.ofDays(50));
        var counting = new ArrayList<ClassifiedView>();
        for (int view = 0; view < 200; view++) {
            counting.add(opened("w" + view, "11:00:00"));
        }

        Flux.fromIterable(counting)
                .concatMap(view -> writer.write(List.of(view)))
                .then()
                .and(compaction().compact(Generation.FIRST).repeat(40))
                .block(TIME_LIMIT);
        compaction().compact(Generation.FIRST).block(TIME_LIMIT);

        assertThat(stored()).containsEntry("hits", 230L).containsEntry("visitors", 230L);
        assertThat(TimeOfDay.QUARTER.hits(stored())).isEqualTo(Map.of(40L, 30L, 44L, 200L));
    }

    @Test
    void moreDaysThanAreReadAtOnceAreAllCompacted() {
        var views = new ArrayList<ClassifiedView>();
        for (int article = 0; article < 450; article++) {
            views.add(ClassifiedView.of(
                    "t-0",
                    new Place(0, offset++),
                    Classification.COUNTED,
                    view("article-" + article, "v", DAY.plusSeconds(60))));
        }
        writer.write(views).block(TIME_LIMIT);

        compactAt(DAY.plus(Duration.ofDays(3)));

        assertThat(store.all(ArticleDays.COLLECTION, new Document("minutes", new Document("$exists", true))))
                .isEmpty();
    }

    private void open(String visitor, String time) {
        writer.write(List.of(opened(visitor, time))).block(TIME_LIMIT);
    }

    private ClassifiedView opened(String visitor, String time) {
        return ClassifiedView.of(
                "t-0",
                new Place(0, offset++),
                Classification.COUNTED,
                referredBy("a.example", view("a", visitor, Instant.parse("2026-03-01T" + time + "Z"))));
    }

    private void compactAt(Instant time) {
        now = time;
        compaction().compact(Generation.FIRST).block(TIME_LIMIT);
    }

    private DayCompaction compaction() {
        return new DayCompaction(store.served(), TestArticleDays.KEPT, () -> now);
    }

    private Document stored() {
        return requireNonNull(store.find(ArticleDays.COLLECTION, "a@2026-03-01"));
    }

    private ArticleDay theDay() {
        return requireNonNull(days.find("a", DAY, DAY.plusSeconds(1)).blockFirst());
    }
}
