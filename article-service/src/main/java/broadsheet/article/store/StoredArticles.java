package broadsheet.article.store;

import static org.springframework.data.mongodb.core.query.Criteria.where;
import static org.springframework.data.mongodb.core.query.Query.query;

import broadsheet.article.outbox.Outbox;
import broadsheet.article.workflow.Article;
import java.util.Collection;
import org.jspecify.annotations.Nullable;
import org.springframework.data.domain.Sort;
import org.springframework.data.mongodb.core.ReactiveMongoTemplate;
import org.springframework.data.mongodb.core.query.Criteria;
import org.springframework.data.mongodb.core.query.Query;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Flux;

/** Reads many articles at once: those of given ids, or all there are. */
@Component
public class StoredArticles {

    private static final String ID = "_id";

    private final ReactiveMongoTemplate mongo;

    StoredArticles(ReactiveMongoTemplate mongo) {
        this.mongo = mongo;
    }

    /** Those that are there, in any order. */
    public Flux<Article> ofIds(Collection<String> ids) {
        return mongo.find(withoutOutbox(query(where(ID).in(ids))), Article.class);
    }

    /** The next ones by id. */
    public Flux<Article> after(@Nullable String id, int limit) {
        Criteria behind = id == null ? new Criteria() : where(ID).gt(id);
        return mongo.find(withoutOutbox(query(behind).with(Sort.by(ID)).limit(limit)), Article.class);
    }

    private static Query withoutOutbox(Query query) {
        query.fields().exclude(Outbox.FIELD);
        return query;
    }

    /** As lists show them, in any order. */
    public Flux<ListedArticle> listed(Collection<String> ids) {
        return mongo.find(ListedArticle.fieldsOf(query(where(ID).in(ids))), ListedArticle.class);
    }
}
