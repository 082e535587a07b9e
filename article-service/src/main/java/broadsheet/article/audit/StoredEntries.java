package broadsheet.article.audit;

import static org.springframework.data.mongodb.core.query.Criteria.where;

import broadsheet.store.CollectionOwner;
import broadsheet.store.DuplicateKeys;
import com.mongodb.client.model.IndexModel;
import com.mongodb.client.model.Indexes;
import com.mongodb.client.model.InsertManyOptions;
import java.time.Instant;
import java.util.List;
import org.bson.Document;
import org.jspecify.annotations.Nullable;
import org.springframework.data.domain.Sort;
import org.springframework.data.mongodb.core.ReactiveMongoTemplate;
import org.springframework.data.mongodb.core.query.Criteria;
import org.springframework.data.mongodb.core.query.Query;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** The audit trail in the store, the newest first. */
@Component
class StoredEntries implements CollectionOwner {

    private static final String COLLECTION = "audit";

    private final ReactiveMongoTemplate mongo;

    StoredEntries(ReactiveMongoTemplate mongo) {
        this.mongo = mongo;
    }

    @Override
    public String collection() {
        return COLLECTION;
    }

    @Override
    public List<IndexModel> indexes() {
        return List.of(
                new IndexModel(Indexes.compoundIndex(Indexes.ascending("actor"), Indexes.descending("_id"))),
                new IndexModel(Indexes.compoundIndex(Indexes.ascending("action"), Indexes.descending("_id"))));
    }

    /** Stores entries; those that are there already stay. */
    Mono<Void> add(List<StoredEntry> entries) {
        return mongo.execute(
                        COLLECTION,
                        documents -> documents.insertMany(
                                entries.stream().map(this::document).toList(), new InsertManyOptions().ordered(false)))
                .onErrorResume(DuplicateKeys::areWhy, e -> Mono.empty())
                .then();
    }

    private Document document(StoredEntry entry) {
        var document = new Document();
        mongo.getConverter().write(entry, document);
        return document;
    }

    Flux<StoredEntry> find(AuditFilter filter, @Nullable String before, int limit) {
        return mongo.find(
                new Query(filter.criteria(before))
                        .with(Sort.by(Sort.Direction.DESC, "_id"))
                        .limit(limit),
                StoredEntry.class);
    }

    Mono<Void> removeBefore(Instant time) {
        Criteria older = where("_id").lt(StoredEntry.firstId(time));
        return mongo.remove(new Query(older), COLLECTION).then();
    }
}
