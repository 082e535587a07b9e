package broadsheet.stats.reconciliation;

import static com.mongodb.client.model.Filters.in;
import static com.mongodb.client.model.Updates.pull;
import static org.springframework.data.mongodb.core.query.Criteria.where;
import static org.springframework.data.mongodb.core.query.Query.query;

import broadsheet.stats.erased.ArticleNumbers;
import broadsheet.stats.store.StatsCollections;
import java.util.Collection;
import org.springframework.dao.DuplicateKeyException;
import org.springframework.data.domain.Sort;
import org.springframework.data.mongodb.core.ReactiveMongoTemplate;
import org.springframework.data.mongodb.core.query.Query;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** {@code stats_reconciliations}: the comparisons that were begun, and what they found. */
@Component
class Reconciliations implements ArticleNumbers {

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

    /** A difference that was found of an erased article is no longer listed; it stays in the number of those that differ. */
    @Override
    public Mono<Void> erase(Collection<String> articleIds) {
        return mongo.getCollection(COLLECTION)
                .flatMap(stored -> Mono.from(stored.updateMany(
                        in("differences.articleId", articleIds), pull("differences", in("articleId", articleIds)))))
                .then();
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
