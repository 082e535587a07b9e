package broadsheet.stats.counting;

import static java.util.Objects.requireNonNull;

import broadsheet.stats.StatsProperties;
import broadsheet.stats.kafka.ViewsTopic.Extent;
import broadsheet.stats.position.PartitionPosition;
import broadsheet.stats.position.PartitionPositions;
import broadsheet.stats.position.Place;
import java.util.function.BooleanSupplier;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.common.TopicPartition;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import reactor.core.publisher.Mono;

/** Moves a position whose records Kafka no longer has: the end of a log is lost with its broker, its beginning with age. */
class LostRecords {

    private static final Logger log = LoggerFactory.getLogger(LostRecords.class);

    private final StatsProperties properties;
    private final PartitionPositions positions;
    private final CountingMetrics metrics;
    private final BooleanSupplier isServed;

    LostRecords(
            StatsProperties properties,
            PartitionPositions positions,
            CountingMetrics metrics,
            BooleanSupplier isServed) {
        this.properties = properties;
        this.positions = positions;
        this.metrics = metrics;
        this.isServed = isServed;
    }

    /** Where the first record is that is not counted, of those that Kafka still has. */
    PartitionPosition positionBehind(
            TopicPartition partition, PartitionPosition position, Extent extent, Consumer<?, ?> consumer) {
        long common = endOfCommonLog(partition, position, extent, consumer);
        if (common < position.next().offset()) {
            // its epoch has ended there, so what was written since has a higher one
            return cutTo(new Place(epochAfter(position, extent), common), partition, position, consumer);
        }
        return position.next().offset() < extent.start() ? beginAt(extent.start(), partition, position) : position;
    }

    private PartitionPosition cutTo(
            Place end, TopicPartition partition, PartitionPosition position, Consumer<?, ?> consumer) {
        PartitionPosition cut =
                position.movedTo(end, RecordTimes.reachedBefore(partition, end, position.clock(), consumer));
        if (answer(positions.move(position, cut, 0))) {
            log.warn(
                    "{} was counted to {}, but only to {} it is what Kafka has: Kafka has lost records",
                    partition,
                    position.next().offset(),
                    end.offset());
        }
        return cut;
    }

    private PartitionPosition beginAt(long start, TopicPartition partition, PartitionPosition position) {
        long next = position.next().offset();
        PartitionPosition beginning = position.movedTo(new Place(position.next().epoch(), start), position.clock());
        if (answer(positions.move(position, beginning, start - next))) {
            if (isServed.getAsBoolean()) {
                metrics.lost((double) (start - next));
            }
            log.warn(
                    "{} was counted to {}, but begins at {}: {} views were deleted uncounted",
                    partition,
                    next,
                    start,
                    start - next);
        }
        return beginning;
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
}
