package broadsheet.stats.deadletter;

import static broadsheet.stats.ViewEvents.arrived;
import static broadsheet.stats.ViewEvents.event;
import static broadsheet.stats.ViewEvents.view;
import static org.assertj.core.api.Assertions.assertThat;

import broadsheet.stats.StoredDocuments;
import broadsheet.stats.kafka.UnreadableRecord;
import broadsheet.stats.position.PartitionPosition;
import broadsheet.stats.position.Place;
import broadsheet.stats.position.PlaceSet;
import broadsheet.testservers.MongoServers;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.bson.Document;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.MethodSource;

/** Which dead letters each generation has counted where they stood. */
@ParameterizedClass
@MethodSource("servers")
class UnreadableRecordsIntegrationTests {

    private static final String PARTITION = "topic-0";

    private final StoredDocuments store;
    private final UnreadableRecords first;
    private final UnreadableRecords second;
    private final UnreadableRecords third;
    private Instant now = Instant.parse("2026-11-20T10:00:00Z");

    UnreadableRecordsIntegrationTests(String uri) {
        store = new StoredDocuments(uri);
        first = new UnreadableRecords(store.collections(), () -> now);
        second = first.of(2);
        third = first.of(3);
    }

    static Stream<Named<String>> servers() {
        return MongoServers.uris("unreadable-records-" + UUID.randomUUID());
    }

    @AfterEach
    void drop() {
        store.drop();
        store.close();
    }

    @Test
    void aGenerationHasCountedWhatItCouldRead() {
        begin(first, 10);
        begin(first, 20); // assigned once more
        note(first, 12, 14);
        note(first, 14, 15); // read again in another batch
        begin(second, 0);

        assertThat(counted(first, false)).containsExactly(10L, 11L, 13L, 16L, 17L, 18L, 19L);
        assertThat(counted(second, false)).as("it could read them all").hasSize(12);
        assertThat(counted(third, false)).as("nothing is noted").isEmpty();
        assertThat(counted(first.of(2), true)).as("without copies").hasSize(12);
    }

    @Test
    void ofATopicThatWasMadeAnewOtherRecordsAreNoted() {
        begin(first, 0);
        note(first, "deleted-0", 12, 14);
        note(first, 14, 15);

        PlaceSet unreadable = first.from(PARTITION, 0).blockOptional().orElseThrow();
        assertThat(LongStream.range(8, 20).filter(offset -> unreadable.contains(new Place(0, offset))))
                .containsExactly(14L, 15L);
        assertThat(counted(first, false))
                .as("letters of both, which do not name their topic")
                .doesNotContain(12L, 14L, 15L);
    }

    @Test
    void whatACopyHoldsItsGenerationTells() {
        begin(first, 9);
        note(first, 12, 16, 18);
        copy(second, first, 17);
        copy(second, first, 17); // by another instance
        begin(second, 14);
        note(second, 15, 19);

        assertThat(counted(second, true)).containsExactly(9L, 10L, 11L, 13L, 14L, 15L, 17L, 18L);
        assertThat(counted(second, false)).containsExactly(14L, 16L, 17L, 18L);

        PlaceSet unreadable = second.from(PARTITION, 12).blockOptional().orElseThrow();
        assertThat(LongStream.range(8, 20).filter(offset -> unreadable.contains(new Place(0, offset))))
                .as("as they were counted")
                .containsExactly(12L, 15L, 19L);

        first.remove().block();
        copy(third, second, 19);
        begin(third, 18);
        assertThat(counted(third, true))
                .as("of copies of copies")
                .containsExactly(9L, 10L, 11L, 13L, 14L, 17L, 18L, 19L);
    }

    @Test
    void whatIsCopiedOfReleasesThatNotedNothingIsNotKnown() {
        copy(second, first, 17);
        begin(second, 14);

        assertThat(counted(second, true)).containsExactly(17L, 18L, 19L);
    }

    @Test
    void whatWasCountedWithoutNotesOrNotAtAllIsNotTakenForCounted() {
        first.begin(PARTITION, 0, 9).block();
        note(first, 10);
        first.begin(PARTITION, 12, 15).block();
        first.begin(PARTITION, 12, 16).block(); // nothing was counted in between
        first.begin(PARTITION, 12, 15).block(); // by an instance that is late
        first.begin(PARTITION, 18, 17).block(); // another instance was faster

        assertThat(counted(first, false)).containsExactly(9L, 11L, 16L, 17L, 18L, 19L);

        copy(second, first, 18);
        begin(second, 8);
        assertThat(counted(second, true)).as("nor in copies").containsExactly(9L, 11L, 16L, 17L, 18L, 19L);
    }

    @Test
    void copiesThatBeginAnewAreNotedToWhereTheyAreCounted() {
        begin(first, 9);
        copy(second, first, 12);
        note(first, 13);
        copy(second, first, 17);
        begin(second, 8);

        assertThat(counted(second, true)).containsExactly(9L, 10L, 11L, 12L, 14L, 15L, 16L, 17L, 18L, 19L);
    }

    @Test
    void notesGoWithTheirGenerationOrWithTheLettersTheyAreOf() {
        begin(first, 0);
        note(first, 12);
        copy(second, first, 17);
        second.remove().block();
        assertThat(store.all(RecordNotes.COLLECTION, new Document())).hasSize(2);

        now = now.plus(Duration.ofDays(180));
        begin(first, 500);
        assertThat(counted(first, false)).doesNotContain(12L);
        now = now.plus(Duration.ofDays(1));
        begin(first, 500);
        assertThat(counted(first, false)).contains(12L);
    }

    private static void begin(UnreadableRecords records, long offset) {
        records.begin(PARTITION, offset, offset).block();
    }

    private static void copy(UnreadableRecords records, UnreadableRecords other, long to) {
        var counted = new PartitionPosition(PARTITION, new Place(1, to), Instant.EPOCH);
        records.copy(other, Map.of(PARTITION, counted)).block();
    }

    private void note(UnreadableRecords records, long... offsets) {
        note(records, PARTITION, offsets);
    }

    private void note(UnreadableRecords records, String partition, long... offsets) {
        records.note(
                        partition,
                        Arrays.stream(offsets)
                                .mapToObj(offset ->
                                        new UnreadableRecord(arrived(0, offset, event(view("a", "v", now))), "test"))
                                .toList())
                .block();
    }

    /** Of the offsets 8 to 19. */
    private static List<Long> counted(UnreadableRecords records, boolean isOfCopiedDay) {
        List<Long> offsets = LongStream.range(8, 20).boxed().toList();
        CountedOriginals counted =
                records.counted(PARTITION, offsets).blockOptional().orElseThrow();
        return offsets.stream()
                .filter(offset -> counted.include(offset, isOfCopiedDay))
                .toList();
    }
}
