package broadsheet.article.store;

import static org.springframework.data.mongodb.core.query.Criteria.where;
import static org.springframework.data.mongodb.core.query.Query.query;

import broadsheet.article.outbox.Outbox;
import broadsheet.article.workflow.Article;
import broadsheet.article.workflow.Transition;
import java.util.List;
import org.bson.Document;
import org.jspecify.annotations.Nullable;
import org.springframework.data.domain.Sort;
import org.springframework.data.mongodb.core.ReactiveMongoTemplate;
import org.springframework.data.mongodb.core.query.Query;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** All articles in the order of their ids, page by page: no read takes long, however slowly they are taken. */
@Component
public class ExportedArticles {

    private static final int PAGE = 100;

    private final ReactiveMongoTemplate mongo;
    private final EarlierTransitions transitions;

    ExportedArticles(ReactiveMongoTemplate mongo, EarlierTransitions transitions) {
        this.mongo = mongo;
        this.transitions = transitions;
    }

    /**
     * An article with what its document does not hold of it.
     *
     * @param sourceId what another system called it; null for what was written here
     */
    public record Exported(Article article, @Nullable String sourceId, List<Transition> history) {}

    /** Never an empty page. */
    public Flux<List<Exported>> pages() {
        return page("").expand(page -> page(page.get(page.size() - 1).article().id()));
    }

    private Mono<List<Exported>> page(String after) {
        Query next = query(where("_id").gt(after)).with(Sort.by("_id")).limit(PAGE);
        next.fields().exclude(Outbox.FIELD);
        return mongo.find(next, Document.class, mongo.getCollectionName(Article.class))
                .concatMap(this::exported)
                .collectList()
                .filter(page -> !page.isEmpty());
    }

    private Mono<Exported> exported(Document document) {
        Article article = mongo.getConverter().read(Article.class, document);
        return transitions
                .all(article)
                .collectList()
                .map(history -> new Exported(article, ImportedArticles.source(document), history));
    }
}
