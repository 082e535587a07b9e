package broadsheet.stats.position;

import static com.mongodb.client.model.Filters.and;
import static com.mongodb.client.model.Filters.eq;
import static com.mongodb.client.model.Filters.in;
import static com.mongodb.client.model.Filters.lt;
import static com.mongodb.client.model.Updates.combine;
import static com.mongodb.client.model.Updates.set;

import broadsheet.stats.StatsCollections;
import com.mongodb.ErrorCategory;
import com.mongodb.MongoWriteException;
import com.mongodb.client.model.UpdateOptions;
import java.util.Collection;
import java.util.Date;
import org.bson.Document;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** The positions; they only ever move forward. */
@Component
public class Positions {

    private final StatsCollections collections;

    Positions(StatsCollections collections) {
        this.collections = collections;
    }

    public Flux<Position> find(Collection<String> partitions) {
        return collections
                .read(StatsCollections.POSITIONS, positions -> positions.find(in("_id", partitions)))
                .map(Positions::position);
    }

    /** Where a consumer that was slower than another one stores an older position, the newer one stays. */
    public Mono<Void> store(Position position) {
        return collections
                .named(StatsCollections.POSITIONS)
                .flatMap(positions -> Mono.from(positions.updateOne(
                        and(eq("_id", position.partition()), lt("next", position.next())),
                        combine(set("next", position.next()), set("clock", Date.from(position.clock()))),
                        new UpdateOptions().upsert(true))))
                .onErrorComplete(Positions::newerIsThere)
                .then();
    }

    private static boolean newerIsThere(Throwable e) {
        return e instanceof MongoWriteException write && write.getError().getCategory() == ErrorCategory.DUPLICATE_KEY;
    }

    private static Position position(Document stored) {
        return new Position(
                stored.getString("_id"),
                stored.getLong("next"),
                stored.getDate("clock").toInstant());
    }
}
