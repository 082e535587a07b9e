package broadsheet.stats.position;

import static com.mongodb.client.model.Filters.and;
import static com.mongodb.client.model.Filters.eq;
import static com.mongodb.client.model.Filters.exists;
import static com.mongodb.client.model.Filters.in;

import broadsheet.stats.generation.Generation;
import broadsheet.stats.store.StatsCollections;
import broadsheet.store.CollectionOwner;
import broadsheet.store.DuplicateKeys;
import com.mongodb.client.model.BulkWriteOptions;
import com.mongodb.client.model.Filters;
import com.mongodb.client.model.UpdateOneModel;
import com.mongodb.client.model.UpdateOptions;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
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
        return collections.read(collection, positions -> positions.find(filter)).map(PositionDocument::position);
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
        return stored(partition, PositionDocument.COPIED_TO).map(PositionDocument::copiedTo);
    }

    /**
     * The offset up to which it is noted which records of a partition could not be read; empty where none are. It lags behind
     * a position that was stored by a release that takes no notes, or moved because Kafka deleted records.
     */
    public Mono<Long> notedTo(String partition) {
        return stored(partition, PositionDocument.NOTED_TO).map(stored -> stored.getLong(PositionDocument.NOTED_TO));
    }

    private Mono<Document> stored(String partition, String field) {
        return collections
                .read(collection, positions -> positions.find(and(eq("_id", partition), exists(field))))
                .next();
    }

    /** Positions that are behind the stored ones, because another consumer was faster, change nothing. */
    public Mono<Void> store(Collection<PartitionPosition> counted) {
        List<UpdateOneModel<Document>> updates = counted.stream()
                .map(position -> new UpdateOneModel<Document>(
                        PositionDocument.isBehind(position),
                        PositionDocument.counted(position),
                        new UpdateOptions().upsert(true)))
                .toList();
        return collections
                .named(collection)
                .flatMap(positions -> Mono.from(positions.bulkWrite(updates, new BulkWriteOptions().ordered(false))))
                .onErrorComplete(DuplicateKeys::areWhy)
                .then();
    }

    /**
     * Moves a position to where the log goes on, and counts the records that it lost in between: both or neither.
     *
     * @return false where another consumer was faster
     */
    public Mono<Boolean> move(PartitionPosition position, PartitionPosition to, long lost) {
        return collections
                .named(collection)
                .flatMap(positions -> Mono.from(positions.updateOne(
                        PositionDocument.isAt(position), PositionDocument.moved(position, to, lost))))
                .map(result -> result.getMatchedCount() == 1);
    }

    /**
     * The records that Kafka deleted before they were counted, by the hour of the last record counted before them: the hours
     * that start in {@code [from, to)}.
     */
    public Mono<Map<Instant, Long>> lost(Instant from, Instant to) {
        return collections
                .read(collection, positions -> positions.find(exists(PositionDocument.LOST)))
                .map(PositionDocument::lost)
                .collect(
                        TreeMap<Instant, Long>::new,
                        (all, one) -> one.forEach((hour, lost) -> all.merge(hour, lost, Long::sum)))
                .map(all -> all.subMap(from, to));
    }
}
