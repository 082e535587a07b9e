package broadsheet.stats.deadletter;

import static com.mongodb.client.model.Updates.combine;
import static com.mongodb.client.model.Updates.set;

import broadsheet.stats.position.PartitionPosition;
import broadsheet.stats.position.Place;
import java.time.Instant;
import java.util.Date;
import org.bson.Document;
import org.bson.conversions.Bson;

/**
 * A record that could not be read.
 *
 * @param partition as positions name it
 */
record RecordNote(String partition, Place place, Instant notedAt) {

    static final String PARTITION = "partition";
    static final String PARTITION_KEY = "partitionKey";
    static final String OFFSET = "offset";
    static final String NOTED_AT = "notedAt";
    private static final String EPOCH = "epoch";

    static RecordNote of(Document stored) {
        return new RecordNote(
                stored.getString(PARTITION_KEY),
                new Place(stored.getInteger(EPOCH), stored.getLong(OFFSET)),
                stored.getDate(NOTED_AT).toInstant());
    }

    /** Of the partition. */
    int number() {
        return PartitionPosition.number(partition);
    }

    Bson stored() {
        return combine(
                set(PARTITION, number()),
                set(PARTITION_KEY, partition),
                set(EPOCH, place.epoch()),
                set(OFFSET, place.offset()),
                set(NOTED_AT, Date.from(notedAt)));
    }
}
