package broadsheet.article.store;

import static org.springframework.data.mongodb.core.query.Criteria.where;
import static org.springframework.data.mongodb.core.query.Query.query;

import broadsheet.article.workflow.Article;
import broadsheet.article.workflow.Transition;
import broadsheet.store.CollectionOwner;
import com.mongodb.client.model.IndexModel;
import com.mongodb.client.model.Indexes;
import java.util.List;
import org.springframework.data.annotation.Id;
import org.springframework.data.domain.Sort;
import org.springframework.data.mongodb.core.ReactiveMongoTemplate;
import org.springframework.data.mongodb.core.mapping.Document;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** The steps of an article that are no longer in it: of each the newest {@link Article#MAX_HISTORY} are. */
@Component
public class EarlierTransitions implements CollectionOwner {

    private static final String COLLECTION = "article_transitions";

    private final ReactiveMongoTemplate mongo;

    EarlierTransitions(ReactiveMongoTemplate mongo) {
        this.mongo = mongo;
    }

    @Override
    public String collection() {
        return COLLECTION;
    }

    @Override
    public List<IndexModel> indexes() {
        return List.of(new IndexModel(Indexes.ascending("articleId", "transition.at")));
    }

    /** Keeps the steps that the change takes from the article. */
    Mono<Void> keepReplaced(Article before, Article after) {
        return Flux.fromIterable(before.history())
                .filter(step -> !after.history().contains(step))
                .concatMap(step -> mongo.save(EarlierTransition.of(before.id(), step)))
                .then();
    }

    /** All steps of an article, oldest first. */
    public Flux<Transition> all(Article article) {
        Flux<Transition> earlier = mongo.find(
                        query(where("articleId").is(article.id())).with(Sort.by("transition.at", "_id")),
                        EarlierTransition.class)
                .map(EarlierTransition::transition)
                .filter(step -> !article.history().contains(step));
        return article.history().size() < Article.MAX_HISTORY
                ? Flux.fromIterable(article.history())
                : earlier.concatWith(Flux.fromIterable(article.history()));
    }

    @Document(COLLECTION)
    record EarlierTransition(@Id String id, String articleId, Transition transition) {

        static EarlierTransition of(String articleId, Transition step) {
            return new EarlierTransition(
                    articleId + "@" + step.at().toEpochMilli() + "-" + step.action(), articleId, step);
        }
    }
}
