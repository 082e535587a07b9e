package broadsheet.article.store;

import static org.springframework.data.mongodb.core.query.Criteria.where;
import static org.springframework.data.mongodb.core.query.Query.query;

import broadsheet.article.content.Content;
import broadsheet.article.content.MediaReferences;
import broadsheet.article.workflow.Article;
import broadsheet.article.workflow.StaffMember;
import broadsheet.store.CollectionOwner;
import com.github.f4b6a3.uuid.UuidCreator;
import com.mongodb.client.model.IndexModel;
import com.mongodb.client.model.Indexes;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import org.springframework.data.annotation.Id;
import org.springframework.data.domain.Sort;
import org.springframework.data.mongodb.core.ReactiveMongoTemplate;
import org.springframework.data.mongodb.core.mapping.Document;
import org.springframework.data.mongodb.core.query.Query;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** Texts that came too late, as another had been saved meanwhile: of each article the newest {@link #KEPT}. */
@Component
public class ConflictingTexts implements CollectionOwner {

    public static final int KEPT = 20;

    private static final String COLLECTION = "article_conflicts";

    private final ReactiveMongoTemplate mongo;

    ConflictingTexts(ReactiveMongoTemplate mongo) {
        this.mongo = mongo;
    }

    /**
     * A text that was not saved.
     *
     * @param version the article's when it came
     * @param media the ids of the pictures it shows
     */
    @Document(COLLECTION)
    public record ConflictingText(
            @Id String id, String articleId, long version, String by, Instant at, Content content, Set<String> media) {}

    @Override
    public String collection() {
        return COLLECTION;
    }

    @Override
    public List<IndexModel> indexes() {
        return List.of(
                new IndexModel(Indexes.ascending("articleId", "_id")), new IndexModel(Indexes.ascending("media")));
    }

    public Mono<ConflictingText> keep(Article article, Content content, StaffMember by, Instant now) {
        String id = UuidCreator.getTimeOrderedEpoch().toString();
        var text = new ConflictingText(
                id, article.id(), article.version(), by.username(), now, content, MediaReferences.in(content));
        return mongo.insert(text).flatMap(kept -> removeOldest(article.id()).thenReturn(kept));
    }

    private Mono<Void> removeOldest(String articleId) {
        Query beyond = newest(articleId).skip(KEPT).limit(KEPT);
        beyond.fields().include("_id");
        return mongo.find(beyond, org.bson.Document.class, COLLECTION)
                .concatMap(old -> mongo.remove(query(where("_id").is(old.get("_id"))), COLLECTION))
                .then();
    }

    /** Newest first. */
    public Flux<ConflictingText> of(String articleId) {
        return mongo.find(newest(articleId).limit(KEPT), ConflictingText.class);
    }

    public Mono<ConflictingText> byId(String articleId, String id) {
        return mongo.findOne(query(where("_id").is(id).and("articleId").is(articleId)), ConflictingText.class);
    }

    /** False where there is none. */
    public Mono<Boolean> remove(String articleId, String id) {
        return mongo.remove(query(where("_id").is(id).and("articleId").is(articleId)), COLLECTION)
                .map(result -> result.getDeletedCount() == 1);
    }

    private static Query newest(String articleId) {
        return query(where("articleId").is(articleId)).with(Sort.by(Sort.Direction.DESC, "_id"));
    }
}
