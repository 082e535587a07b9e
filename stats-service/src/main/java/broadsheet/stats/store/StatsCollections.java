package broadsheet.stats.store;

import static com.mongodb.client.model.Aggregates.group;
import static com.mongodb.client.model.Aggregates.match;

import com.mongodb.client.model.Accumulators;
import com.mongodb.reactivestreams.client.MongoCollection;
import java.time.Duration;
import java.util.List;
import org.bson.Document;
import org.bson.conversions.Bson;
import org.springframework.dao.DataAccessResourceFailureException;
import org.springframework.data.mongodb.core.ReactiveCollectionCallback;
import org.springframework.data.mongodb.core.ReactiveMongoTemplate;
import org.springframework.stereotype.Component;
import reactor.core.Exceptions;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** Access to the collections of this service, which no other service reads. */
@Component
public class StatsCollections {

    private static final Duration TIME_LIMIT = Duration.ofSeconds(4);
    private static final Duration SUM_TIME_LIMIT = Duration.ofMinutes(2);

    private final ReactiveMongoTemplate mongo;

    public StatsCollections(ReactiveMongoTemplate mongo) {
        this.mongo = mongo;
    }

    /**
     * Reads for a caller who waits: a store that does not answer within 4 s counts as away, so that none waits for longer
     * than 5 s. The driver notices sooner where it can.
     */
    public <T> Flux<T> read(String name, ReactiveCollectionCallback<T> query) {
        return inTime(mongo.execute(name, query));
    }

    /** The same for what is read otherwise, or written. */
    public static <T> Flux<T> inTime(Flux<T> work) {
        return work.timeout(
                TIME_LIMIT, Flux.error(() -> new DataAccessResourceFailureException("No answer within " + TIME_LIMIT)));
    }

    /** The sum of a field over the documents that match; 0 where there are none. It reads them all: not for a caller who waits. */
    public Mono<Long> sum(String name, String field, Bson filter) {
        return mongo.execute(
                        name,
                        documents -> documents.aggregate(
                                List.of(match(filter), group(null, Accumulators.sum(field, "$" + field)))))
                .next()
                .map(sum -> sum.get(field, Number.class).longValue())
                .defaultIfEmpty(0L)
                .timeout(SUM_TIME_LIMIT);
    }

    /**
     * The first of what {@code zipDelayError} or {@code flatMapDelayError} fails with where several calls beside each other
     * failed; of the errors of {@code zip} and {@code flatMap} all but the first would be logged, each with its stack.
     */
    public static Throwable first(Throwable errors) {
        return Exceptions.unwrapMultiple(errors).get(0);
    }

    public Mono<MongoCollection<Document>> named(String name) {
        return mongo.getCollection(name);
    }
}
