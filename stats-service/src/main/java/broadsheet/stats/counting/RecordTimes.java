package broadsheet.stats.counting;

import broadsheet.stats.position.Place;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.common.TopicPartition;

/** Searches a partition by the timestamps of its records. */
final class RecordTimes {

    private RecordTimes() {}

    /**
     * A time that a record before this place has or exceeds. The clock of the lost records would be too late: remembered is
     * what is not older than the clock less the memory.
     */
    static Instant reachedBefore(TopicPartition partition, Place end, Instant lostClock, Consumer<?, ?> consumer) {
        Duration earlier = Duration.ofMinutes(1);
        while (lostClock.minus(earlier).isAfter(Instant.EPOCH)
                && firstSince(partition, lostClock.minus(earlier), end, consumer) == end.offset()) {
            earlier = earlier.multipliedBy(2);
        }
        Instant reached = lostClock.minus(earlier);
        return reached.isAfter(Instant.EPOCH) ? reached : Instant.EPOCH;
    }

    /** The offset of the first record of that time or later, at most that of the place. */
    static long firstSince(TopicPartition partition, Instant time, Place end, Consumer<?, ?> consumer) {
        var first =
                consumer.offsetsForTimes(Map.of(partition, time.toEpochMilli())).get(partition);
        return first == null ? end.offset() : Math.min(first.offset(), end.offset());
    }
}
