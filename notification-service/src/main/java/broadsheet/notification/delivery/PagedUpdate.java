package broadsheet.notification.delivery;

import static com.mongodb.client.model.Filters.and;
import static com.mongodb.client.model.Filters.gt;
import static com.mongodb.client.model.Filters.lte;
import static com.mongodb.client.model.Projections.include;

import com.mongodb.client.model.Sorts;
import org.bson.conversions.Bson;
import org.springframework.data.mongodb.core.ReactiveMongoTemplate;
import reactor.core.publisher.Mono;

/**
 * Updates many documents by pages of their ids: all of them take longer than a call of the store may, and a store that undoes
 * what it had no time to end would never get on.
 */
final class PagedUpdate {

    static final int PAGE = 5_000;

    private final ReactiveMongoTemplate mongo;
    private final String collection;
    private final Bson which;
    private final Bson update;

    /** @param which those that were updated must not meet any more, so that another try goes on behind them */
    PagedUpdate(ReactiveMongoTemplate mongo, String collection, Bson which, Bson update) {
        this.mongo = mongo;
        this.collection = collection;
        this.which = which;
        this.update = update;
    }

    Mono<Void> run() {
        return page("").expand(this::page).then();
    }

    /** The last id of the page; none where it was the last one. */
    private Mono<String> page(String after) {
        return mongo.execute(
                        collection,
                        documents -> documents
                                .find(and(which, gt("_id", after)))
                                .projection(include("_id"))
                                .sort(Sorts.ascending("_id"))
                                .limit(PAGE)
                                .batchSize(PAGE))
                .map(found -> found.getString("_id"))
                .collectList()
                .filter(ids -> !ids.isEmpty())
                .delayUntil(ids -> update(after, ids.get(ids.size() - 1)))
                .filter(ids -> ids.size() == PAGE)
                .map(ids -> ids.get(PAGE - 1));
    }

    private Mono<Void> update(String after, String last) {
        return mongo.execute(
                        collection,
                        documents -> documents.updateMany(and(which, gt("_id", after), lte("_id", last)), update))
                .then();
    }
}
