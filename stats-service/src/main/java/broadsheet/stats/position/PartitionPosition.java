package broadsheet.stats.position;

import java.time.Instant;

/**
 * How far a partition of the views is counted.
 *
 * @param partition id of the topic and number of the partition, as fences name it
 * @param next where the first record is that is not counted; its epoch is the last counted record's, or a higher one
 * @param clock the highest timestamp among the records before it, or less
 */
public record PartitionPosition(String partition, Place next, Instant clock) {

    /** The name of a partition in fences and positions; a topic that is recreated has another id. */
    public static String partitionKey(String topicId, int partition) {
        return topicId + "-" + partition;
    }

    /** The number of the partition that a key names. */
    public static int number(String partitionKey) {
        return Integer.parseInt(partitionKey.substring(partitionKey.lastIndexOf('-') + 1));
    }

    /** Whether the record at this place is counted. */
    public boolean isBehind(Place place) {
        return next.isAfter(place);
    }

    public PartitionPosition movedTo(Place place, Instant reached) {
        return new PartitionPosition(partition, place, reached);
    }

    public boolean hasEpoch() {
        return next.epoch() != Place.NO_EPOCH;
    }
}
