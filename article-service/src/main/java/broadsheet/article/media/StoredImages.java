package broadsheet.article.media;

import static org.springframework.data.mongodb.core.query.Criteria.where;
import static org.springframework.data.mongodb.core.query.Query.query;

import broadsheet.store.CollectionOwner;
import com.mongodb.client.model.IndexModel;
import com.mongodb.client.model.Indexes;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.springframework.data.domain.Sort;
import org.springframework.data.mongodb.core.FindAndModifyOptions;
import org.springframework.data.mongodb.core.ReactiveMongoTemplate;
import org.springframework.data.mongodb.core.query.Criteria;
import org.springframework.data.mongodb.core.query.Query;
import org.springframework.data.mongodb.core.query.Update;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** The documents of pictures; each change is one guarded write to one of them. */
@Component
class StoredImages implements CollectionOwner {

    private static final String COLLECTION = "images";
    private static final Sort NEWEST_FIRST = Sort.by(Sort.Direction.DESC, "uploadedAt", "_id");

    private final ReactiveMongoTemplate mongo;

    StoredImages(ReactiveMongoTemplate mongo) {
        this.mongo = mongo;
    }

    @Override
    public String collection() {
        return COLLECTION;
    }

    @Override
    public List<IndexModel> indexes() {
        return List.of(new IndexModel(Indexes.descending("uploadedAt", "_id")));
    }

    /** Whatever its state. */
    Mono<Image> byId(String id) {
        return mongo.findById(id, Image.class);
    }

    Mono<Image> stored(String id) {
        return byId(id).filter(image -> image.state() == Image.State.STORED);
    }

    Flux<Image> stored(Collection<String> ids) {
        return mongo.find(query(where("_id").in(ids).and("state").is(Image.State.STORED)), Image.class);
    }

    /** Newest first; those whose alternative text or credit has the words in it, where there are any. */
    Flux<Image> list(@Nullable String words, @Nullable ImageCursor after, int limit) {
        var criteria = where("state").is(Image.State.STORED);
        if (words != null) {
            Pattern containing = Pattern.compile(Pattern.quote(words), Pattern.CASE_INSENSITIVE);
            criteria = new Criteria()
                    .andOperator(
                            criteria,
                            new Criteria()
                                    .orOperator(
                                            where("alt").regex(containing),
                                            where("credit").regex(containing)));
        }
        return mongo.find(
                query(after == null ? criteria : new Criteria().andOperator(criteria, after.criteria()))
                        .with(NEWEST_FIRST)
                        .limit(limit),
                Image.class);
    }

    /** Fails with a {@code DuplicateKeyException} where it is there already. */
    Mono<Image> add(Image image) {
        return mongo.insert(image);
    }

    /** Empty where someone removed it meanwhile, and where it is stored already. */
    Mono<Image> filesAreStored(Image image, Instant now) {
        return changed(
                isIn(image.id(), Image.State.STORING),
                new Update().set("state", Image.State.STORED).set("changedAt", now));
    }

    /** Empty where someone else changed it since it was read. */
    Mono<Image> describe(Image read, @Nullable String alt, @Nullable String credit) {
        return changed(
                isIn(read.id(), Image.State.STORED).addCriteria(where("version").is(read.version())),
                new Update().set("alt", alt).set("credit", credit).inc("version", 1));
    }

    /** Those of the pictures that are not there; none of the others is removed for a while from now on. */
    Mono<Set<String>> use(Set<String> ids, Instant now) {
        Query stored = query(where("_id").in(ids).and("state").is(Image.State.STORED));
        return mongo.updateMulti(stored, new Update().max("usedAt", now), Image.class)
                .flatMap(result -> result.getMatchedCount() == ids.size() ? Mono.just(Set.of()) : missing(ids, stored));
    }

    private Mono<Set<String>> missing(Set<String> ids, Query stored) {
        return mongo.find(stored, Image.class).map(Image::id).collectList().map(known -> {
            var missing = new TreeSet<>(ids);
            known.forEach(missing::remove);
            return missing;
        });
    }

    /**
     * Claims the picture, so that nobody begins to use it; empty where an article began since that time, or someone changed
     * it since it was read.
     */
    Mono<Image> beginRemoval(Image read, Instant unusedSince, Instant now) {
        Query asRead = isIn(read.id(), read.state())
                .addCriteria(where("version").is(read.version()))
                .addCriteria(new Criteria()
                        .orOperator(where("usedAt").isNull(), where("usedAt").lt(unusedSince)));
        return changed(asRead, new Update().set("state", Image.State.REMOVING).set("changedAt", now));
    }

    Mono<Void> endRemoval(Image image) {
        return mongo.remove(isIn(image.id(), Image.State.REMOVING), Image.class).then();
    }

    /** Those of a state that have been in it, and were not used, since that time. */
    Flux<Image> unchangedSince(Image.State state, Instant time) {
        return mongo.find(
                query(where("state")
                                .is(state)
                                .and("changedAt")
                                .lt(time)
                                .andOperator(new Criteria()
                                        .orOperator(
                                                where("usedAt").isNull(),
                                                where("usedAt").lt(time))))
                        .with(Sort.by("uploadedAt", "_id")),
                Image.class);
    }

    private static Query isIn(String id, Image.State state) {
        return query(where("_id").is(id).and("state").is(state));
    }

    private Mono<Image> changed(Query query, Update update) {
        return mongo.findAndModify(query, update, FindAndModifyOptions.options().returnNew(true), Image.class);
    }
}
