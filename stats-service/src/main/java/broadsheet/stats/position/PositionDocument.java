package broadsheet.stats.position;

import static com.mongodb.client.model.Filters.and;
import static com.mongodb.client.model.Filters.eq;
import static com.mongodb.client.model.Filters.exists;
import static com.mongodb.client.model.Filters.lt;
import static com.mongodb.client.model.Filters.or;
import static com.mongodb.client.model.Updates.combine;
import static com.mongodb.client.model.Updates.inc;
import static com.mongodb.client.model.Updates.set;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Date;
import java.util.HashMap;
import java.util.Map;
import org.bson.Document;
import org.bson.conversions.Bson;

/** How {@link PartitionPositions} stores a position. */
final class PositionDocument {

    static final String LOST = "lost";
    static final String NOTED_TO = "notedTo";
    static final String COPIED_TO = "copiedTo";

    private static final String EPOCH = "epoch";
    private static final String NEXT = "next";
    private static final String CLOCK = "clock";

    private PositionDocument() {}

    static PartitionPosition position(Document stored) {
        return new PartitionPosition(
                stored.getString("_id"),
                new Place(stored.getInteger(EPOCH, Place.NO_EPOCH), stored.getLong(NEXT)),
                stored.getDate(CLOCK).toInstant());
    }

    static Place copiedTo(Document stored) {
        var place = stored.get(COPIED_TO, Document.class);
        return new Place(place.getInteger(EPOCH), place.getLong(NEXT));
    }

    static Document copiedTo(Place place) {
        return new Document(EPOCH, place.epoch()).append(NEXT, place.offset());
    }

    /** By hour. */
    static Map<Instant, Long> lost(Document stored) {
        Map<Instant, Long> lost = new HashMap<>();
        stored.get(LOST, new Document()).forEach((hour, records) -> lost.put(Instant.parse(hour), (Long) records));
        return lost;
    }

    /** Makes a document that of a generation which begins at this position. */
    static void begin(Document stored, PartitionPosition start) {
        stored.append(NEXT, start.next().offset())
                .append(NOTED_TO, start.next().offset())
                .append(CLOCK, Date.from(start.clock()));
        stored.remove(EPOCH);
        if (start.hasEpoch()) {
            stored.append(EPOCH, start.next().epoch());
        }
    }

    /** An update to a position before which all is counted, and noted what could not be read. */
    static Bson counted(PartitionPosition position) {
        return combine(at(position), set(NOTED_TO, position.next().offset()));
    }

    /** An update from one position to another, between which as many records are lost. */
    static Bson moved(PartitionPosition position, PartitionPosition to, long lost) {
        String hour = LOST + "." + position.clock().truncatedTo(ChronoUnit.HOURS);
        return lost == 0 ? at(to) : combine(at(to), inc(hour, lost));
    }

    private static Bson at(PartitionPosition position) {
        Place next = position.next();
        Bson at = combine(set(NEXT, next.offset()), set(CLOCK, Date.from(position.clock())));
        return position.hasEpoch() ? combine(at, set(EPOCH, next.epoch())) : at;
    }

    /** Finds the partition's document while it is behind this position. */
    static Bson isBehind(PartitionPosition position) {
        Place next = position.next();
        return and(
                eq("_id", position.partition()),
                or(
                        lt(EPOCH, next.epoch()),
                        and(or(eq(EPOCH, next.epoch()), exists(EPOCH, false)), lt(NEXT, next.offset()))));
    }

    /** Finds the partition's document while it is at this position. */
    static Bson isAt(PartitionPosition position) {
        Place next = position.next();
        return and(
                eq("_id", position.partition()),
                eq(NEXT, next.offset()),
                position.hasEpoch() ? eq(EPOCH, next.epoch()) : exists(EPOCH, false));
    }
}
