package broadsheet.stats.position;

import java.util.Comparator;
import java.util.Optional;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;

/**
 * Where a record stands in its partition. Places ascend along a log, also where the log lost its end: what is written there
 * afterwards has lower offsets, but a higher epoch.
 *
 * @param epoch the leader epoch that Kafka wrote the record in, or {@link #NO_EPOCH}
 */
public record Place(int epoch, long offset) implements Comparable<Place> {

    /** Below all others. Earlier versions of this service stored offsets alone. */
    public static final int NO_EPOCH = -1;

    private static final Comparator<Place> ORDER =
            Comparator.comparingInt(Place::epoch).thenComparingLong(Place::offset);

    public static Place of(ConsumerRecord<?, ?> record) {
        return new Place(record.leaderEpoch().orElse(NO_EPOCH), record.offset());
    }

    /** Whether this comes later in the log than another; by their offsets where one of them has no epoch. */
    public boolean isAfter(Place other) {
        boolean comparable = epoch != NO_EPOCH && other.epoch != NO_EPOCH;
        return comparable ? compareTo(other) > 0 : offset > other.offset;
    }

    /** As a consumer seeks it: Kafka then tells where the log parts from the one that had this place. */
    public OffsetAndMetadata sought() {
        return new OffsetAndMetadata(offset, epoch == NO_EPOCH ? Optional.empty() : Optional.of(epoch), "");
    }

    @Override
    public int compareTo(Place other) {
        return ORDER.compare(this, other);
    }
}
