package broadsheet.stats.counting;

import static org.mockito.ArgumentMatchers.any;
import static org.mockito.ArgumentMatchers.anyLong;
import static org.mockito.ArgumentMatchers.anyString;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.verify;
import static org.mockito.Mockito.when;

import broadsheet.stats.StatsProperties;
import broadsheet.stats.TestStatsProperties;
import broadsheet.stats.classification.ViewRules;
import broadsheet.stats.deadletter.UnreadableRecords;
import broadsheet.stats.kafka.ViewsTopic;
import broadsheet.stats.kafka.ViewsTopic.Extent;
import broadsheet.stats.position.PartitionPosition;
import broadsheet.stats.position.PartitionPositions;
import broadsheet.stats.position.Place;
import broadsheet.stats.position.PlaceSet;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Instant;
import java.util.List;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Mono;

/** Of which records nothing is noted where counting goes on. */
class SeekToStoredPositionTests {

    private static final Instant NOON = Instant.parse("2026-03-01T12:00:00Z");

    private final PartitionPositions positions = mock();
    private final UnreadableRecords unreadable = mock();
    private final ViewsTopic topic = mock();
    private final Consumer<String, byte[]> consumer = mock();

    @Test
    void ofThoseThatKafkaDeletedBeforeTheyWereCounted() {
        seek(100L, 100L, new Extent(5_000, 9_000, 0));

        verify(unreadable).begin("topic-0", 100, 5_000);
    }

    @Test
    void ofThoseThatAReleaseCountedWhichTakesNone() {
        seek(1_600L, 1_000L, new Extent(0, 9_000, 0));

        verify(unreadable).begin("topic-0", 1_000, 1_600);
    }

    @Test
    void ofThoseBeforeTheLogWhereNoneAreCounted() {
        seek(null, null, new Extent(5_000, 9_000, 0));

        verify(unreadable).begin("topic-0", 0, 5_000);
    }

    private void seek(@Nullable Long next, @Nullable Long notedTo, Extent extent) {
        when(topic.id()).thenReturn(Mono.just("topic"));
        when(topic.extent(0)).thenReturn(Mono.just(extent));
        when(positions.find(List.of("topic-0")))
                .thenReturn(Mono.justOrEmpty(next)
                        .map(offset -> new PartitionPosition("topic-0", new Place(Place.NO_EPOCH, offset), NOON))
                        .flux());
        when(positions.notedTo("topic-0")).thenReturn(Mono.justOrEmpty(notedTo));
        when(positions.move(any(), any(), anyLong())).thenReturn(Mono.just(true));
        when(unreadable.begin(anyString(), anyLong(), anyLong())).thenReturn(Mono.empty());
        when(unreadable.from(anyString(), anyLong())).thenReturn(Mono.just(PlaceSet.of()));
        StatsProperties properties = TestStatsProperties.defaults();
        new SeekToStoredPosition(
                        properties,
                        ViewRules.current(properties),
                        topic,
                        positions,
                        unreadable,
                        new CountingMetrics(new SimpleMeterRegistry()),
                        null,
                        () -> true)
                .seek(new TopicPartition("news.views", 0), consumer);
    }
}
