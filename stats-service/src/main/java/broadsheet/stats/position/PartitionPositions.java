package broadsheet.stats.position;

import static com.mongodb.client.model.Filters.and;
import static com.mongodb.client.model.Filters.eq;
import static com.mongodb.client.model.Filters.exists;
import static com.mongodb.client.model.Filters.in;
import static com.mongodb.client.model.Filters.lt;
import static com.mongodb.client.model.Filters.or;
import static com.mongodb.client.model.Updates.combine;
import static com.mongodb.client.model.Updates.inc;
import static com.mongodb.client.model.Updates.set;

import broadsheet.stats.generation.Generation;
import broadsheet.stats.store.StatsCollections;
import broadsheet.store.CollectionOwner;
import broadsheet.store.DuplicateKeys;
import com.mongodb.client.model.BulkWriteOptions;
import com.mongodb.client.model.Filters;
import com.mongodb.client.model.UpdateOptions;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Collection;
import java.util.Date;
import java.util.Map;
import java.util.TreeMap;
import org.bson.Document;
import org.bson.conversions.Bson;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** {@code stats_positions}: how far each partition is counted, in the first generation. A position only moves forward, unless Kafka lost records. */
@Component
public class PartitionPositions implements CollectionOwner {

    public static final String COLLECTION = "stats_positions";

    static final String EPOCH = "epoch";
    static final String NEXT = "next";
    static final String CLOCK = "clock";
    private static final String LOST = "lost";
    static final String COPIED_TO = "copiedTo";
    static final String NOTED_TO = "notedTo";

    private final StatsCollections collections;
    private final String collection;

    @Autowired
    public PartitionPositions(StatsCollections collections) {
        this(collections, COLLECTION);
    }

    private PartitionPositions(StatsCollections collections, String collection) {
        this.collections = collections;
        this.collection = collection;
    }

    /** How far another generation is counted than the first one. */
    public PartitionPositions of(int generation) {
        return new PartitionPositions(collections, Generation.numbered(COLLECTION, generation));
    }

    @Override
    public String collection() {
        return collection;
    }

    public Flux<PartitionPosition> find(Collection<String> partitions) {
        return find(in("_id", partitions));
    }

    /** The position of every partition that there is or was. */
    public Mono<Map<String, PartitionPosition>> all() {
        return find(Filters.empty()).collectMap(PartitionPosition::partition);
    }

    private Flux<PartitionPosition> find(Bson filter) {
        return collections
                .read(collection, positions -> positions.find(filter))
                .map(stored -> new PartitionPosition(
                        stored.getString("_id"),
                        new Place(stored.getInteger(EPOCH, Place.NO_EPOCH), stored.getLong(NEXT)),
                        stored.getDate(CLOCK).toInstant()));
    }

    /**
     * Begins a generation that has copies of another one's documents; what is stored stays, since it may be counted already.
     *
     * @param copied how far the other one is counted in the documents that were copied
     * @param starts where this one begins to count; a partition that is not among them stays where the other one is
     */
    public Mono<Void> begin(
            PartitionPositions other, Map<String, PartitionPosition> copied, Map<String, PartitionPosition> starts) {
        return collections
                .read(other.collection, positions -> positions.find())
                .collectMap(stored -> stored.getString("_id"))
                .map(others -> BegunPositions.insertions(others, copied, starts))
                .filter(begun -> !begun.isEmpty())
                .flatMap(begun -> collections
                        .named(collection)
                        .flatMap(positions ->
                                Mono.from(positions.bulkWrite(begun, new BulkWriteOptions().ordered(false)))))
                .then();
    }

    /** Before it is counted. */
    public Mono<Void> drop() {
        return collections
                .named(collection)
                .flatMap(positions -> Mono.from(positions.drop()))
                .then();
    }

    /** Up to where the documents that a generation began with have counted a partition; empty where it began with none. */
    public Mono<Place> copiedTo(String partition) {
        return collections
                .read(collection, positions -> positions.find(and(eq("_id", partition), exists(COPIED_TO))))
                .next()
                .map(stored -> stored.get(COPIED_TO, Document.class))
                .map(place -> new Place(place.getInteger(EPOCH), place.getLong(NEXT)));
    }

    /**
     * The offset up to which it is noted which records of a partition could not be read; empty where none are. It lags behind
     * a position that was stored by a release that takes no notes, or moved because Kafka deleted records.
     */
    public Mono<Long> notedTo(String partition) {
        return collections
                .read(collection, positions -> positions.find(and(eq("_id", partition), exists(NOTED_TO))))
                .next()
                .map(stored -> stored.getLong(NOTED_TO));
    }

    /** A position that is behind the stored one, because another consumer was faster, changes nothing. */
    public Mono<Void> store(PartitionPosition position) {
        Place next = position.next();
        Bson isBehind = or(
                lt(EPOCH, next.epoch()),
                and(or(eq(EPOCH, next.epoch()), exists(EPOCH, false)), lt(NEXT, next.offset())));
        return collections
                .named(collection)
                .flatMap(positions -> Mono.from(positions.updateOne(
                        and(eq("_id", position.partition()), isBehind),
                        combine(at(position), set(NOTED_TO, next.offset())),
                        new UpdateOptions().upsert(true))))
                .onErrorComplete(DuplicateKeys::areWhy)
                .then();
    }

    /**
     * Moves a position to where the log goes on, and counts the records that it lost in between: both or neither.
     *
     * @return false where another consumer was faster
     */
    public Mono<Boolean> move(PartitionPosition position, PartitionPosition to, long lost) {
        Bson unmoved = and(
                eq("_id", position.partition()),
                eq(NEXT, position.next().offset()),
                position.hasEpoch() ? eq(EPOCH, position.next().epoch()) : exists(EPOCH, false));
        String hour = LOST + "." + position.clock().truncatedTo(ChronoUnit.HOURS);
        Bson moved = lost == 0 ? at(to) : combine(at(to), inc(hour, lost));
        return collections
                .named(collection)
                .flatMap(positions -> Mono.from(positions.updateOne(unmoved, moved)))
                .map(result -> result.getMatchedCount() == 1);
    }

    private static Bson at(PartitionPosition position) {
        Place next = position.next();
        Bson at = combine(set(NEXT, next.offset()), set(CLOCK, Date.from(position.clock())));
        return position.hasEpoch() ? combine(at, set(EPOCH, next.epoch())) : at;
    }

    /**
     * The records that Kafka deleted before they were counted, by the hour of the last record counted before them: the hours
     * that start in {@code [from, to)}.
     */
    public Mono<Map<Instant, Long>> lost(Instant from, Instant to) {
        return collections
                .read(collection, positions -> positions.find(exists(LOST)))
                .flatMapIterable(stored -> stored.get(LOST, new Document()).entrySet())
                .collect(
                        TreeMap<Instant, Long>::new,
                        (all, hour) -> all.merge(Instant.parse(hour.getKey()), (Long) hour.getValue(), Long::sum))
                .map(all -> all.subMap(from, to));
    }
}
