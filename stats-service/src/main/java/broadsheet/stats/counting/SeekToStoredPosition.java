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
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
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
    private final CountingMetrics metrics;
    private final @Nullable Instant copiedBefore;
    private final BooleanSupplier isServed;

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
        this.metrics = metrics;
        this.copiedBefore = copiedBefore;
        this.isServed = isServed;
    }

    AssignedPartition seek(TopicPartition partition, Consumer<?, ?> consumer) {
        String key = answer(topic.id().map(id -> PartitionPosition.partitionKey(id, partition.partition())));
        PartitionPosition position = positions.find(List.of(key)).next().block(properties.timeLimit());
        Extent extent = answer(topic.extent(partition.partition()));
        PartitionPosition resume = position == null
                ? new PartitionPosition(key, new Place(Place.NO_EPOCH, extent.start()), Instant.EPOCH)
                : resume(partition, position, extent, consumer);
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

    /** The first record that is not counted of those that Kafka still has. */
    private PartitionPosition resume(
            TopicPartition partition, PartitionPosition position, Extent extent, Consumer<?, ?> consumer) {
        long next = position.next().offset();
        long common = endOfCommonLog(partition, position, extent, consumer);
        if (common < next) {
            // its epoch has ended there, so what was written since has a higher one
            Place end = new Place(epochAfter(position, extent), common);
            PartitionPosition cut = position.movedTo(end, reachedBefore(partition, end, position.clock(), consumer));
            if (answer(positions.move(position, cut, 0))) {
                log.warn(
                        "{} was counted to {}, but only to {} it is what Kafka has: Kafka has lost records",
                        partition,
                        next,
                        common);
            }
            return cut;
        }
        if (next < extent.start()) {
            long lost = extent.start() - next;
            PartitionPosition beginning =
                    position.movedTo(new Place(position.next().epoch(), extent.start()), position.clock());
            if (answer(positions.move(position, beginning, lost))) {
                if (isServed.getAsBoolean()) {
                    metrics.lost((double) lost);
                }
                log.warn(
                        "{} was counted to {}, but begins at {}: {} views were deleted uncounted",
                        partition,
                        next,
                        extent.start(),
                        lost);
            }
            return beginning;
        }
        return position;
    }

    /**
     * The position, or where the log no longer is the one that was counted (KIP-320). Without an epoch, or where the log is
     * that of an earlier epoch because it was restored, only the log's end is known.
     */
    private long endOfCommonLog(
            TopicPartition partition, PartitionPosition position, Extent extent, Consumer<?, ?> consumer) {
        Place next = position.next();
        if (!position.hasEpoch() || next.epoch() > extent.epoch()) {
            return Math.min(next.offset(), extent.end());
        }
        consumer.seek(partition, next.sought());
        return Math.min(next.offset(), consumer.position(partition, properties.timeLimit()));
    }

    private static int epochAfter(PartitionPosition position, Extent extent) {
        return position.hasEpoch() ? Math.min(position.next().epoch() + 1, extent.epoch()) : Place.NO_EPOCH;
    }

    private <T> T answer(Mono<T> question) {
        return requireNonNull(question.block(properties.timeLimit()));
    }

    /**
     * A time that a record before this place has or exceeds. The clock of the lost records would be too late: remembered is
     * what is not older than the clock less the memory.
     */
    private static Instant reachedBefore(
            TopicPartition partition, Place end, Instant lostClock, Consumer<?, ?> consumer) {
        Duration earlier = Duration.ofMinutes(1);
        while (lostClock.minus(earlier).isAfter(Instant.EPOCH)
                && firstSince(partition, lostClock.minus(earlier), end, consumer) == end.offset()) {
            earlier = earlier.multipliedBy(2);
        }
        Instant reached = lostClock.minus(earlier);
        return reached.isAfter(Instant.EPOCH) ? reached : Instant.EPOCH;
    }

    private long firstRemembered(TopicPartition partition, PartitionPosition position, Consumer<?, ?> consumer) {
        Instant horizon = ViewClassifier.remembersFrom(position.clock(), properties);
        return firstSince(partition, horizon, position.next(), consumer);
    }

    /** The offset of the first record of that time or later, at most that of the place. */
    private static long firstSince(TopicPartition partition, Instant time, Place end, Consumer<?, ?> consumer) {
        var first =
                consumer.offsetsForTimes(Map.of(partition, time.toEpochMilli())).get(partition);
        return first == null ? end.offset() : Math.min(first.offset(), end.offset());
    }
}
