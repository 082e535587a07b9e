package broadsheet.article.category;

import static org.springframework.data.mongodb.core.query.Criteria.where;
import static org.springframework.data.mongodb.core.query.Query.query;

import broadsheet.web.cache.SharedHttpCache;
import org.bson.Document;
import org.springframework.dao.DuplicateKeyException;
import org.springframework.data.domain.Sort;
import org.springframework.data.mongodb.core.FindAndModifyOptions;
import org.springframework.data.mongodb.core.ReactiveMongoTemplate;
import org.springframework.data.mongodb.core.query.Query;
import org.springframework.data.mongodb.core.query.Update;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** The store of the categories, in the order in which the site shows them. */
@Component
public class Categories {

    /** The last version of each category that was removed. */
    private static final String REMOVED = "removed_categories";

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

    /** Fails with a {@code DuplicateKeyException} where the slug is taken; no version is one that a removed one had. */
    Mono<Category> add(Category category) {
        return mongo.findById(category.slug(), Document.class, REMOVED)
                .map(removed -> category.after(removed.getLong("version")))
                .defaultIfEmpty(category)
                .flatMap(mongo::insert)
                .doOnNext(added -> answers.drop("categories"));
    }

    /** The category of that slug: the one that is there, or this one; at the top where its parent is unknown. */
    public Mono<Category> addUnlessThere(Category category) {
        return bySlug(category.slug())
                .switchIfEmpty(Mono.defer(() -> placed(category)
                        .flatMap(this::add)
                        .onErrorResume(DuplicateKeyException.class, e -> bySlug(category.slug()))));
    }

    private Mono<Category> placed(Category category) {
        String parent = category.parent();
        return parent == null || parent.equals(category.slug())
                ? Mono.just(category.below(null))
                : countPlacedBelow(parent).map(above -> category).defaultIfEmpty(category.below(null));
    }

    /**
     * The category, after it is counted in it that another one is placed below: if it moves itself meanwhile, it notices
     * (see {@link #update}). So of moves that would form a circle together at least one fails.
     */
    Mono<Category> countPlacedBelow(String slug) {
        return mongo.findAndModify(
                query(where("_id").is(slug)),
                new Update().inc("placedBelow", 1L),
                FindAndModifyOptions.options().returnNew(true),
                Category.class);
    }

    /** Empty where someone else changed it, or placed another one below it, since it was read: nothing is written then. */
    Mono<Category> update(Category read, Category changed) {
        return mongo.replace(asRead(read), changed)
                .filter(result -> result.getMatchedCount() == 1)
                .map(result -> changed)
                .doOnNext(updated -> answers.drop("categories"));
    }

    /** False where someone else changed or removed it since it was read. */
    Mono<Boolean> remove(Category read) {
        return mongo.upsert(query(where("_id").is(read.slug())), new Update().max("version", read.version()), REMOVED)
                .then(mongo.remove(asRead(read), Category.class))
                .map(result -> result.getDeletedCount() == 1)
                .doOnNext(removed -> answers.drop("categories"));
    }

    Mono<Boolean> hasChildren(String slug) {
        return mongo.exists(query(where("parent").is(slug)), Category.class);
    }

    /** What is null matches a document without it. */
    private static Query asRead(Category read) {
        return query(where("_id")
                .is(read.slug())
                .and("version")
                .is(read.storedVersion())
                .and("placedBelow")
                .is(read.placedBelow()));
    }
}
