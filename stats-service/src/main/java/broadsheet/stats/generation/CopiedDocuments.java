package broadsheet.stats.generation;

import static com.mongodb.client.model.Filters.and;
import static com.mongodb.client.model.Filters.gt;
import static com.mongodb.client.model.Sorts.ascending;

import broadsheet.stats.store.StatsCollections;
import broadsheet.store.DuplicateKeys;
import com.mongodb.ReadConcern;
import com.mongodb.client.model.InsertManyOptions;
import java.util.List;
import org.bson.Document;
import org.bson.conversions.Bson;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** Copies documents from one generation of a projection to another, which does not count them meanwhile. */
@Component
public class CopiedDocuments {

    private final StatsCollections collections;

    public CopiedDocuments(StatsCollections collections) {
        this.collections = collections;
    }

    /**
     * Copies those that come next in the order of their ids, as a majority of the replicas has them; one that was copied before
     * stays as it is.
     *
     * @return what was copied
     */
    public Mono<List<Document>> copy(String projection, int from, int to, Bson filter, String after, int limit) {
        return collections
                .named(Generation.numbered(projection, from))
                .flatMapMany(documents -> documents
                        .withReadConcern(ReadConcern.MAJORITY)
                        .find(and(gt("_id", after), filter))
                        .sort(ascending("_id"))
                        .limit(limit))
                .collectList()
                .delayUntil(
                        found -> found.isEmpty() ? Mono.empty() : insert(Generation.numbered(projection, to), found));
    }

    private Mono<Void> insert(String name, List<Document> documents) {
        return collections
                .named(name)
                .flatMapMany(copies -> Flux.from(copies.insertMany(documents, new InsertManyOptions().ordered(false))))
                .onErrorComplete(DuplicateKeys::areWhy)
                .then();
    }
}
