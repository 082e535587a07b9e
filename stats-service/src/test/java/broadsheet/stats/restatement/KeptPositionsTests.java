package broadsheet.stats.restatement;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mockito.ArgumentMatchers.any;
import static org.mockito.ArgumentMatchers.anyInt;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.when;

import broadsheet.stats.deadletter.UnreadableRecords;
import broadsheet.stats.generation.Generation;
import broadsheet.stats.generation.Restatement;
import broadsheet.stats.kafka.ViewsTopic;
import broadsheet.stats.kafka.ViewsTopic.Extent;
import broadsheet.stats.position.PartitionPosition;
import broadsheet.stats.position.PartitionPositions;
import broadsheet.stats.position.Place;
import broadsheet.stats.restatement.CopyProgress.Copies;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Mono;

/** Where a restatement from a day on begins to count. */
class KeptPositionsTests {

    private static final Instant DAY = Instant.parse("2026-11-20T00:00:00Z");
    private static final Instant REPLAY = DAY.minus(Duration.ofMinutes(65));

    private static final Restatement RESTATEMENT =
            new Restatement(new Generation(2, List.of("rules"), null, Set.of(), DAY, null), List.of(), null, Map.of());

    private final PartitionPositions positions = mock();
    private final UnreadableRecords unreadable = mock();
    private final ViewsTopic topic = mock();
    private final Map<String, PartitionPosition> begun = new HashMap<>();

    @Test
    void itIsWhereTheKeptPartEndsOrEarlierWhatWasNotCountedWhenItWasCopied() {
        var ahead = counted("topic-0", 500, DAY.plus(Duration.ofDays(2)));
        var behind = counted("topic-1", 120, DAY.minus(Duration.ofDays(2)));

        begin(Map.of(0, 200L, 1, 300L, 2, 400L), Map.of("topic-0", ahead, "topic-1", behind));

        assertThat(begun)
                .containsExactlyInAnyOrderEntriesOf(Map.of(
                        "topic-0", new PartitionPosition("topic-0", new Place(Place.NO_EPOCH, 200), REPLAY),
                        "topic-1", behind,
                        "topic-2", new PartitionPosition("topic-2", new Place(Place.NO_EPOCH, 100), Instant.EPOCH)));
    }

    @Test
    void whatWasNotedOfEarlierCopiesGoesWithTheirPositions() {
        when(positions.of(2)).thenReturn(positions);
        when(unreadable.of(2)).thenReturn(unreadable);
        var dropped = new ArrayList<String>();
        when(positions.drop()).thenReturn(Mono.fromRunnable(() -> dropped.add("positions")));
        when(unreadable.remove()).thenReturn(Mono.fromRunnable(() -> dropped.add("notes")));

        new KeptPositions(positions, unreadable, topic).drop(RESTATEMENT).block();

        assertThat(dropped).containsExactly("positions", "notes");
    }

    private void begin(Map<Integer, Long> writtenSinceReplay, Map<String, PartitionPosition> counted) {
        when(topic.id()).thenReturn(Mono.just("topic"));
        when(topic.extents())
                .thenReturn(Mono.just(Map.of(
                        0, new Extent(100, 1_000, 7), 1, new Extent(100, 1_000, 7), 2, new Extent(100, 1_000, 7))));
        when(topic.offsetsFrom(REPLAY)).thenReturn(Mono.just(writtenSinceReplay));
        when(positions.of(1)).thenReturn(positions);
        when(positions.of(2)).thenReturn(positions);
        when(unreadable.of(anyInt())).thenReturn(unreadable);
        when(unreadable.copy(any(), any())).thenReturn(Mono.empty());
        when(positions.begin(any(), any(), any())).thenAnswer(call -> {
            begun.putAll(call.getArgument(2));
            return Mono.empty();
        });
        new KeptPositions(positions, unreadable, topic)
                .begin(
                        RESTATEMENT,
                        new KeptPart(DAY, DAY.minus(Duration.ofHours(1)), REPLAY),
                        new Copies(1, counted, 0, "", Map.of(), true))
                .block();
    }

    private static PartitionPosition counted(String partition, long next, Instant clock) {
        return new PartitionPosition(partition, new Place(7, next), clock);
    }
}
