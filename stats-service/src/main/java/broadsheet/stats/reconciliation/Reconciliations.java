package broadsheet.stats.reconciliation;

import static org.springframework.data.mongodb.core.query.Criteria.where;
import static org.springframework.data.mongodb.core.query.Query.query;

import broadsheet.stats.store.StatsCollections;
import org.springframework.dao.DuplicateKeyException;
import org.springframework.data.domain.Sort;
import org.springframework.data.mongodb.core.ReactiveMongoTemplate;
import org.springframework.data.mongodb.core.query.Query;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** {@code stats_reconciliations}: the comparisons that were begun, and what they found. */
@Component
class Reconciliations {

    static final String COLLECTION = "stats_reconciliations";

    private static final Sort NEWEST_FIRST = Sort.by("startedAt").descending();

    private final ReactiveMongoTemplate mongo;

    Reconciliations(ReactiveMongoTemplate mongo) {
        this.mongo = mongo;
    }

    /** Whether it is this caller's to do: false where one of this id was begun before. */
    Mono<Boolean> begin(Reconciliation begun) {
        return StatsCollections.inTime(mongo.insert(begun).flux())
                .next()
                .thenReturn(true)
                .onErrorReturn(DuplicateKeyException.class, false);
    }

    Mono<Void> store(Reconciliation done) {
        return mongo.save(done).then();
    }

    Mono<Reconciliation> find(String id) {
        return StatsCollections.inTime(mongo.findById(id, Reconciliation.class).flux())
                .next();
    }

    Flux<Reconciliation> newest(int limit) {
        return StatsCollections.inTime(mongo.find(new Query().with(NEWEST_FIRST).limit(limit), Reconciliation.class));
    }

    /** Nothing refers to the older ones. */
    Mono<Void> keepNewest(int count) {
        return mongo.find(new Query().with(NEWEST_FIRST).skip(count), Reconciliation.class)
                .map(Reconciliation::id)
                .collectList()
                .flatMap(old -> mongo.remove(query(where("_id").in(old)), Reconciliation.class))
                .then();
    }
}
