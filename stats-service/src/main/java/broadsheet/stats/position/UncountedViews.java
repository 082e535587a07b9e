package broadsheet.stats.position;

import broadsheet.stats.kafka.ViewsTopic;
import broadsheet.stats.kafka.ViewsTopic.Extent;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Mono;

/** What a generation has not counted of the views that Kafka had acknowledged at a moment. */
@Component
class UncountedViews {

    private final ViewsTopic topic;
    private final PartitionPositions positions;

    UncountedViews(ViewsTopic topic, PartitionPositions positions) {
        this.topic = topic;
        this.positions = positions;
    }

    /**
     * Of one partition.
     *
     * @param views that many; none where it is counted beyond that moment
     * @param clock the highest timestamp among those counted, or less
     */
    record Part(long views, Instant clock) {}

    /** What Kafka has acknowledged by now, by key of the partition. */
    Mono<Map<String, Extent>> acknowledged() {
        return Mono.zip(topic.id(), topic.extents())
                .map(views -> views.getT2().entrySet().stream()
                        .collect(Collectors.toMap(
                                entry -> PartitionPosition.partitionKey(views.getT1(), entry.getKey()),
                                Map.Entry::getValue)));
    }

    Mono<Map<String, Part>> of(Map<String, Extent> acknowledged, int generation) {
        return positions
                .of(generation)
                .find(acknowledged.keySet())
                .collectMap(PartitionPosition::partition)
                .flatMap(counted -> currentWhereBeyond(acknowledged, counted)
                        .map(current -> parts(acknowledged, current, counted)));
    }

    /** A position beyond an end that was asked for before it is either of views that came since, or of a log that lost its end. */
    private Mono<Map<String, Extent>> currentWhereBeyond(
            Map<String, Extent> acknowledged, Map<String, PartitionPosition> counted) {
        boolean beyond = counted.values().stream()
                .anyMatch(position -> isBeyond(position, acknowledged.get(position.partition())));
        return beyond ? acknowledged() : Mono.just(acknowledged);
    }

    private static Map<String, Part> parts(
            Map<String, Extent> acknowledged, Map<String, Extent> current, Map<String, PartitionPosition> counted) {
        Map<String, Part> parts = new HashMap<>();
        acknowledged.forEach((partition, log) -> {
            PartitionPosition position = counted.get(partition);
            parts.put(
                    partition,
                    position == null
                            ? new Part(log.end() - log.start(), Instant.EPOCH)
                            : new Part(views(log, current.get(partition), position), position.clock()));
        });
        return parts;
    }

    /** At most all that there is, where the log lost its end and the counting has not noticed yet. */
    private static long views(Extent log, @Nullable Extent current, PartitionPosition position) {
        long next = isBeyond(position, current) ? 0 : position.next().offset();
        return Math.max(0, log.end() - Math.max(log.start(), next));
    }

    private static boolean isBeyond(PartitionPosition position, @Nullable Extent log) {
        return log == null || position.next().offset() > log.end();
    }
}
