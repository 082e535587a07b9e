package broadsheet.stats.counting;

import static java.util.Objects.requireNonNull;

import broadsheet.stats.StatsProperties;
import broadsheet.stats.classification.ViewClassifier;
import broadsheet.stats.classification.ViewRules;
import broadsheet.stats.deadletter.UnreadableRecords;
import broadsheet.stats.kafka.ViewsTopic;
import broadsheet.stats.kafka.ViewsTopic.Extent;
import broadsheet.stats.position.PartitionPosition;
import broadsheet.stats.position.PartitionPositions;
import broadsheet.stats.position.Place;
import java.time.Instant;
import java.util.List;
import java.util.function.BooleanSupplier;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import reactor.core.publisher.Mono;

/**
 * Moves a consumer to the position that the store has of a partition, less the views that are remembered to know double
 * clicks and duplicates by; to the beginning where the store has none.
 */
class SeekToStoredPosition {

    private static final Logger log = LoggerFactory.getLogger(SeekToStoredPosition.class);

    private final StatsProperties properties;
    private final ViewRules rules;
    private final ViewsTopic topic;
    private final PartitionPositions positions;
    private final UnreadableRecords unreadable;
    private final LostRecords lost;
    private final @Nullable Instant copiedBefore;

    SeekToStoredPosition(
            StatsProperties properties,
            ViewRules rules,
            ViewsTopic topic,
            PartitionPositions positions,
            UnreadableRecords unreadable,
            CountingMetrics metrics,
            @Nullable Instant copiedBefore,
            BooleanSupplier isServed) {
        this.properties = properties;
        this.rules = rules;
        this.topic = topic;
        this.positions = positions;
        this.unreadable = unreadable;
        this.lost = new LostRecords(properties, positions, metrics, isServed);
        this.copiedBefore = copiedBefore;
    }

    AssignedPartition seek(TopicPartition partition, Consumer<?, ?> consumer) {
        String key = answer(topic.id().map(id -> PartitionPosition.partitionKey(id, partition.partition())));
        PartitionPosition position = positions.find(List.of(key)).next().block(properties.timeLimit());
        Extent extent = answer(topic.extent(partition.partition()));
        PartitionPosition resume = position == null
                ? new PartitionPosition(key, new Place(Place.NO_EPOCH, extent.start()), Instant.EPOCH)
                : lost.positionBehind(partition, position, extent, consumer);
        long notedTo = answer(positions.notedTo(key).defaultIfEmpty(0L)); // after the position, which others may store
        unreadable.begin(key, notedTo, resume.next().offset()).block(properties.timeLimit());
        long start = position == null ? extent.start() : firstRemembered(partition, resume, consumer);
        consumer.seek(partition, new Place(resume.next().epoch(), start).sought());
        log.info(
                "{}: counting goes on at offset {}, remembering from {}",
                partition,
                resume.next().offset(),
                start);
        return new AssignedPartition(
                key, start, resume.next(), properties, rules, copied(key), answer(unreadable.from(key, start)));
    }

    private @Nullable CopiedViews copied(String partition) {
        Instant before = copiedBefore;
        return before == null
                ? null
                : positions
                        .copiedTo(partition)
                        .map(place -> new CopiedViews(before, place))
                        .block(properties.timeLimit());
    }

    private <T> T answer(Mono<T> question) {
        return requireNonNull(question.block(properties.timeLimit()));
    }

    private long firstRemembered(TopicPartition partition, PartitionPosition position, Consumer<?, ?> consumer) {
        Instant horizon = ViewClassifier.remembersFrom(position.clock(), properties);
        return RecordTimes.firstSince(partition, horizon, position.next(), consumer);
    }
}
