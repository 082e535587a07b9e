package broadsheet.stats.generation;

import broadsheet.stats.store.StatsCollections;
import com.mongodb.client.model.Filters;
import com.mongodb.reactivestreams.client.MongoCollection;
import org.bson.Document;
import org.bson.conversions.Bson;
import org.springframework.data.mongodb.core.ReactiveCollectionCallback;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** Access to the documents of the generation of a projection that is served now. */
@Component
public class ServedCollections {

    private final StatsCollections collections;
    private final ServedGenerations served;

    public ServedCollections(StatsCollections collections, ServedGenerations served) {
        this.collections = collections;
        this.served = served;
    }

    /** See {@link StatsCollections#read}. */
    public <T> Flux<T> read(String projection, ReactiveCollectionCallback<T> query) {
        return number(projection)
                .flatMapMany(number -> collections.read(Generation.numbered(projection, number), query));
    }

    /** See {@link StatsCollections#sum}. */
    public Mono<Long> sum(String projection, String field, Bson filter) {
        return number(projection)
                .flatMap(number -> collections.sum(Generation.numbered(projection, number), field, filter));
    }

    /** The sum of a field over all documents of a generation of a projection, whether it is served or not. */
    public Mono<Long> sum(String projection, int generation, String field) {
        return collections.sum(Generation.numbered(projection, generation), field, Filters.empty());
    }

    /** The documents of a generation of a projection, whether it is served or not. */
    public Mono<MongoCollection<Document>> named(String projection, int generation) {
        return collections.named(Generation.numbered(projection, generation));
    }

    /** The generation of a projection that is served; empty where none has filled it yet. */
    public Mono<Generation> generation(String projection) {
        return served.generation(projection);
    }

    /** All that is served, as it was at one time. */
    public Mono<ServedNumbers> all() {
        return served.all();
    }

    /** The number of the generation that is served. */
    public Mono<Integer> number(String projection) {
        return served.number(projection);
    }
}
