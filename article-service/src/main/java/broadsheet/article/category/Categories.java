package broadsheet.article.category;

import static org.springframework.data.mongodb.core.query.Criteria.where;
import static org.springframework.data.mongodb.core.query.Query.query;

import broadsheet.web.cache.SharedHttpCache;
import org.springframework.data.domain.Sort;
import org.springframework.data.mongodb.core.ReactiveMongoTemplate;
import org.springframework.data.mongodb.core.query.Query;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** The store of the categories, in the order in which the site shows them. */
@Component
public class Categories {

    private final ReactiveMongoTemplate mongo;
    private final SharedHttpCache answers;

    Categories(ReactiveMongoTemplate mongo, SharedHttpCache answers) {
        this.mongo = mongo;
        this.answers = answers;
    }

    public Flux<Category> all() {
        return mongo.find(new Query().with(Sort.by("position", "_id")), Category.class);
    }

    public Mono<Category> bySlug(String slug) {
        return mongo.findById(slug, Category.class);
    }

    /** Fails with a {@code DuplicateKeyException} where the slug is taken. */
    Mono<Category> add(Category category) {
        return mongo.insert(category).doOnNext(added -> answers.drop("categories"));
    }

    /** Empty where someone else changed it since it was read: nothing is written then. */
    Mono<Category> update(Category read, Category changed) {
        return mongo.replace(asRead(read), changed)
                .filter(result -> result.getMatchedCount() == 1)
                .map(result -> changed)
                .doOnNext(updated -> answers.drop("categories"));
    }

    /** False where someone else changed or removed it since it was read. */
    Mono<Boolean> remove(Category read) {
        return mongo.remove(asRead(read), Category.class)
                .map(result -> result.getDeletedCount() == 1)
                .doOnNext(removed -> answers.drop("categories"));
    }

    Mono<Boolean> hasChildren(String slug) {
        return mongo.exists(query(where("parent").is(slug)), Category.class);
    }

    /** A version that is null matches a document without one. */
    private static Query asRead(Category read) {
        return query(where("_id").is(read.slug()).and("version").is(read.storedVersion()));
    }
}
