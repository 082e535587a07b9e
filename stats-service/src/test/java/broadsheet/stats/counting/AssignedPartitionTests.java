package broadsheet.stats.counting;

import static broadsheet.stats.ViewEvents.arrived;
import static broadsheet.stats.ViewEvents.event;
import static broadsheet.stats.ViewEvents.view;
import static org.assertj.core.api.Assertions.assertThat;

import broadsheet.stats.TestStatsProperties;
import broadsheet.stats.classification.Classification;
import broadsheet.stats.classification.ClassifiedView;
import broadsheet.stats.classification.ViewRules;
import broadsheet.stats.kafka.UnreadableRecord;
import broadsheet.stats.position.PartitionPosition;
import broadsheet.stats.position.Place;
import broadsheet.stats.position.PlaceSet;
import java.time.Instant;
import java.util.List;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.Test;

class AssignedPartitionTests {

    private static final Instant NOON = Instant.parse("2026-03-01T12:00:00Z");

    @Test
    void itsPositionIsAfterTheLastRecordAndAtTheHighestTimestamp() {
        var partition = partition(0, 0, PlaceSet.of());

        PartitionBatch batch = PartitionBatch.classify(
                partition, List.of(record(0, "v", NOON.plusSeconds(5)), record(1, "w", NOON)), record -> false);

        assertThat(batch.end()).isEqualTo(new PartitionPosition("t-0", new Place(0, 2), NOON.plusSeconds(5)));
        assertThat(partition.hasRead(record(1, "w", NOON))).isTrue();
        assertThat(partition.hasRead(record(2, "w", NOON))).isFalse();
    }

    @Test
    void recordsBeforeWhereItResumesAreOnlyRemembered() {
        var resumed = partition(3, 5, PlaceSet.of());

        PartitionBatch batch = PartitionBatch.classify(
                resumed, List.of(record(4, "v", NOON), record(5, "v", NOON.plusSeconds(10))), record -> false);

        assertThat(batch.views())
                .extracting(ClassifiedView::classification)
                .containsExactly(Classification.DOUBLE_CLICK);
    }

    @Test
    void whatCouldNotBeReadWhenItWasCountedIsNotRememberedThoughItCanBeReadNow() {
        var stood = record(3, "v", NOON);
        var resumed = partition(3, 5, PlaceSet.of(Place.of(stood)));

        PartitionBatch batch = PartitionBatch.classify(
                resumed, List.of(stood, record(4, "w", NOON), record(5, "v", NOON)), record -> false);

        assertThat(batch.views()).extracting(ClassifiedView::classification).containsExactly(Classification.COUNTED);
    }

    /** It was noted by a release that could not read it, and that was stopped before it stored its position. */
    @Test
    void whatIsNotedBeyondThePositionIsADeadLetterThoughItCanBeReadNow() {
        var noted = record(5, "v", NOON);
        var resumed = partition(3, 5, PlaceSet.of(Place.of(record(3, "v", NOON)), Place.of(noted)));

        PartitionBatch batch = PartitionBatch.classify(
                resumed, List.of(record(3, "v", NOON), record(4, "w", NOON), noted, record(6, "v", NOON)), r -> false);

        assertThat(batch.views())
                .extracting(ClassifiedView::classification)
                .containsExactly(Classification.DEAD_LETTERED, Classification.COUNTED);
        assertThat(batch.unreadable()).extracting(UnreadableRecord::record).containsExactly(noted);
    }

    @Test
    void whichCouldNotBeReadIsForgottenOnceAllThatAreNotedAreRead() {
        var resumed = partition(3, 5, PlaceSet.of(Place.of(record(3, "v", NOON)), Place.of(record(5, "v", NOON))));

        resumed.advancePast(record(4, "v", NOON));
        assertThat(resumed.couldNotRead(record(5, "v", NOON))).isTrue();
        resumed.advancePast(record(5, "v", NOON));
        assertThat(resumed.couldNotRead(record(5, "v", NOON))).isFalse();
    }

    /** Remembers from one offset on, and counts from another. */
    private static AssignedPartition partition(long rememberedFrom, long next, PlaceSet unreadable) {
        return new AssignedPartition(
                "t-0",
                rememberedFrom,
                new Place(0, next),
                TestStatsProperties.defaults(),
                ViewRules.current(TestStatsProperties.defaults()),
                null,
                unreadable);
    }

    private static ConsumerRecord<String, byte[]> record(long offset, String visitor, Instant at) {
        return arrived(0, offset, event(view("a", visitor, at)));
    }
}
