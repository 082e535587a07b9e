package broadsheet.stats.counting;

import static broadsheet.stats.ViewEvents.arrived;
import static broadsheet.stats.ViewEvents.event;
import static broadsheet.stats.ViewEvents.view;
import static org.assertj.core.api.Assertions.assertThat;
import static org.mockito.ArgumentMatchers.any;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.times;
import static org.mockito.Mockito.verify;
import static org.mockito.Mockito.verifyNoInteractions;
import static org.mockito.Mockito.when;

import broadsheet.stats.TestStatsProperties;
import broadsheet.stats.classification.ViewRules;
import broadsheet.stats.deadletter.CountedOriginals;
import broadsheet.stats.deadletter.NotedRecords;
import broadsheet.stats.deadletter.UnreadableRecords;
import broadsheet.stats.kafka.ReplayedRecord;
import broadsheet.stats.position.Place;
import broadsheet.stats.position.PlaceSet;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Mono;

class CountedLettersTests {

    private static final Instant MIDNIGHT = Instant.parse("2026-03-02T00:00:00Z");

    private final UnreadableRecords unreadable = mock();
    private final CountedLetters letters = new CountedLetters(unreadable, MIDNIGHT, Duration.ofSeconds(1));
    private final AssignedPartition partition = new AssignedPartition(
            "topic-0",
            0,
            new Place(Place.NO_EPOCH, 0),
            TestStatsProperties.defaults(),
            ViewRules.current(TestStatsProperties.defaults()),
            null,
            PlaceSet.of());

    @Test
    void theNotesAreAskedOnceHoweverManyLettersABatchHolds() {
        noted(
                Set.of(1L, 2L, 3L),
                new NotedRecords(0, 100, Map.of(), Set.of(2L, 3L)),
                new NotedRecords(0, 5, Map.of(), Set.of()));
        var first = again(1, MIDNIGHT);
        var second = again(2, MIDNIGHT);
        var third = again(3, MIDNIGHT.minusMillis(1));
        List<ConsumerRecord<String, byte[]>> batch = List.of(first, second, third);

        assertThat(batch.stream().filter(letters.among(partition, batch))).containsExactly(first, third);

        verify(unreadable, times(1)).counted(any(), any());
    }

    /** It is noted once the batch is counted. */
    @Test
    void whatCannotBeReadInTheSameBatchIsNotCounted() {
        noted(Set.of(1L, 2L), new NotedRecords(0, 100, Map.of(), Set.of()), NotedRecords.NONE);
        ConsumerRecord<String, byte[]> unreadableOne = arrived(0, 1, event(view("a", "v", MIDNIGHT)));
        unreadableOne.headers().remove("ce_type");
        ConsumerRecord<String, byte[]> readableOne = arrived(0, 2, event(view("a", "v", MIDNIGHT)));
        var first = again(1, MIDNIGHT);
        var second = again(2, MIDNIGHT);
        List<ConsumerRecord<String, byte[]>> batch = List.of(unreadableOne, readableOne, first, second);

        assertThat(batch.stream().filter(letters.among(partition, batch))).containsExactly(second);
    }

    /** A letter that was sent again before all instances could read it has become one once more. */
    @Test
    void aLetterOfALetterIsCountedWhereEitherIs() {
        var own = new NotedRecords(0, 100, Map.of(), Set.of(2L, 5L));
        when(unreadable.counted(any(), any())).thenReturn(Mono.just(new CountedOriginals(own, NotedRecords.NONE)));
        var first = again(1, MIDNIGHT);
        new ReplayedRecord(0, 5).addTo(first.headers());
        var second = again(2, MIDNIGHT);
        new ReplayedRecord(0, 5).addTo(second.headers());

        assertThat(isCounted(first)).isTrue();
        assertThat(isCounted(second)).isFalse();
    }

    private void noted(Set<Long> offsets, NotedRecords own, NotedRecords copied) {
        when(unreadable.counted("topic-0", offsets)).thenReturn(Mono.just(new CountedOriginals(own, copied)));
    }

    @Test
    void whatDoesNotStandBeforeIsCountedNowhere() {
        assertThat(isCounted(again(9, MIDNIGHT))).as("itself").isFalse();
        assertThat(isCounted(again(4_711, MIDNIGHT))).as("behind it").isFalse();
        ConsumerRecord<String, byte[]> ofAnother = arrived(0, 9, event(view("a", "v", MIDNIGHT)));
        new ReplayedRecord(1, 2).addTo(ofAnother.headers());
        assertThat(isCounted(ofAnother)).as("in another partition").isFalse();

        verifyNoInteractions(unreadable);
    }

    private boolean isCounted(ConsumerRecord<String, byte[]> record) {
        return letters.among(partition, List.of(record)).test(record);
    }

    private static ConsumerRecord<String, byte[]> again(long offset, Instant at) {
        ConsumerRecord<String, byte[]> record = arrived(0, 9, event(view("a", "v", at)));
        new ReplayedRecord(0, offset).addTo(record.headers());
        return record;
    }
}
