package broadsheet.stats.restatement;

import broadsheet.stats.deadletter.UnreadableRecords;
import broadsheet.stats.generation.Restatement;
import broadsheet.stats.kafka.ViewsTopic;
import broadsheet.stats.kafka.ViewsTopic.Extent;
import broadsheet.stats.position.PartitionPosition;
import broadsheet.stats.position.PartitionPositions;
import broadsheet.stats.position.Place;
import broadsheet.stats.restatement.CopyProgress.Copies;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Mono;

/**
 * Begins the positions of a restatement that keeps something: each partition where its kept part ends, or earlier where what is
 * copied was not counted up to there. What lies in between is in no copy, however old it is.
 */
@Component
class KeptPositions {

    private final PartitionPositions positions;
    private final UnreadableRecords unreadable;
    private final ViewsTopic topic;

    KeptPositions(PartitionPositions positions, UnreadableRecords unreadable, ViewsTopic topic) {
        this.positions = positions;
        this.unreadable = unreadable;
        this.topic = topic;
    }

    /** Before it is counted, where copies begin: what an instance that was killed has left is of earlier ones. */
    Mono<Void> drop(Restatement one) {
        return positions
                .of(one.number())
                .drop()
                .then(Mono.defer(() -> unreadable.of(one.number()).remove()));
    }

    Mono<Void> begin(Restatement one, KeptPart kept, Copies copies) {
        return Mono.zip(topic.id(), topic.extents(), topic.offsetsFrom(kept.replay()))
                .map(views -> starts(views.getT1(), views.getT2(), views.getT3(), kept.replay(), copies.counted()))
                .delayUntil(starts -> unreadable.of(one.number()).copy(unreadable.of(copies.of()), copies.counted()))
                .flatMap(starts ->
                        positions.of(one.number()).begin(positions.of(copies.of()), copies.counted(), starts));
    }

    private static Map<String, PartitionPosition> starts(
            String topicId,
            Map<Integer, Extent> extents,
            Map<Integer, Long> offsets,
            Instant replay,
            Map<String, PartitionPosition> counted) {
        Map<String, PartitionPosition> starts = new HashMap<>();
        extents.forEach((number, extent) -> {
            String partition = PartitionPosition.partitionKey(topicId, number);
            var copied = counted.getOrDefault(partition, at(partition, extent.start(), Instant.EPOCH));
            var kept = at(partition, offsets.getOrDefault(number, extent.end()), replay);
            starts.put(partition, copied.next().offset() < kept.next().offset() ? copied : kept);
        });
        return starts;
    }

    private static PartitionPosition at(String partition, long offset, Instant clock) {
        return new PartitionPosition(partition, new Place(Place.NO_EPOCH, offset), clock);
    }
}
