package broadsheet.stats.position;

import static com.mongodb.client.model.Filters.and;
import static com.mongodb.client.model.Filters.eq;
import static com.mongodb.client.model.Filters.in;
import static com.mongodb.client.model.Filters.lt;
import static com.mongodb.client.model.Updates.combine;
import static com.mongodb.client.model.Updates.set;

import broadsheet.stats.store.CollectionOwner;
import broadsheet.stats.store.StatsCollections;
import com.mongodb.client.model.Filters;
import com.mongodb.client.model.UpdateOptions;
import java.util.Collection;
import java.util.Date;
import java.util.Map;
import org.bson.conversions.Bson;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** {@code stats_positions}: how far each partition is counted. A position only moves forward, unless Kafka lost records. */
@Component
public class PartitionPositions implements CollectionOwner {

    public static final String COLLECTION = "stats_positions";

    private static final String NEXT = "next";
    private static final String CLOCK = "clock";

    private final StatsCollections collections;

    PartitionPositions(StatsCollections collections) {
        this.collections = collections;
    }

    @Override
    public String collection() {
        return COLLECTION;
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
                .read(COLLECTION, positions -> positions.find(filter))
                .map(stored -> new PartitionPosition(
                        stored.getString("_id"),
                        stored.getLong(NEXT),
                        stored.getDate(CLOCK).toInstant()));
    }

    /** Stores a position behind the stored one, which lies beyond the end of what Kafka still has. */
    public Mono<Void> setBack(PartitionPosition position) {
        return collections
                .named(COLLECTION)
                .flatMap(positions ->
                        Mono.from(positions.updateOne(eq("_id", position.partition()), set(NEXT, position.next()))))
                .then();
    }

    /** A position that is behind the stored one, because another consumer was faster, changes nothing. */
    public Mono<Void> store(PartitionPosition position) {
        return collections
                .named(COLLECTION)
                .flatMap(positions -> Mono.from(positions.updateOne(
                        and(eq("_id", position.partition()), lt(NEXT, position.next())),
                        combine(set(NEXT, position.next()), set(CLOCK, Date.from(position.clock()))),
                        new UpdateOptions().upsert(true))))
                .onErrorComplete(StatsCollections::isDuplicateKey)
                .then();
    }
}
