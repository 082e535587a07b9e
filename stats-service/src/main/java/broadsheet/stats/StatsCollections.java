package broadsheet.stats;

import com.mongodb.reactivestreams.client.MongoCollection;
import java.time.Duration;
import org.bson.Document;
import org.springframework.dao.DataAccessResourceFailureException;
import org.springframework.data.mongodb.core.ReactiveCollectionCallback;
import org.springframework.data.mongodb.core.ReactiveMongoTemplate;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** The collections of this service; nobody else reads them. */
@Component
public class StatsCollections {

    public static final String TOTALS = "stats_totals";
    public static final String HOURS = "stats_hours";
    public static final String DAYS = "stats_days";
    public static final String LEDGER = "stats_ledger";
    public static final String POSITIONS = "stats_positions";
    public static final String ARTICLES = "stats_articles";

    private static final Duration TIME_LIMIT = Duration.ofSeconds(6);

    private final ReactiveMongoTemplate mongo;

    public StatsCollections(ReactiveMongoTemplate mongo) {
        this.mongo = mongo;
    }

    /** What someone waits for: a store that does not answer within 6 s is away; the driver says so sooner where it can. */
    public <T> Flux<T> read(String name, ReactiveCollectionCallback<T> query) {
        return mongo.execute(name, query)
                .timeout(
                        TIME_LIMIT,
                        Flux.error(() -> new DataAccessResourceFailureException("No answer within " + TIME_LIMIT)));
    }

    public Mono<MongoCollection<Document>> named(String name) {
        return mongo.getCollection(name);
    }
}
