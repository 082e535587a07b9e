package broadsheet.article.store;

import static org.springframework.data.mongodb.core.query.Criteria.where;
import static org.springframework.data.mongodb.core.query.Query.query;

import broadsheet.article.workflow.Article;
import broadsheet.store.CollectionOwner;
import com.mongodb.client.model.IndexModel;
import com.mongodb.client.model.Indexes;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.springframework.data.domain.Sort;
import org.springframework.data.mongodb.core.ReactiveMongoTemplate;
import org.springframework.data.mongodb.core.query.Query;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** Every content that was saved of an article: the newest in the article itself, those it replaced in documents of their own. */
@Component
public class Revisions implements CollectionOwner {

    private static final String NUMBER = "saved.version";

    private final ReactiveMongoTemplate mongo;

    Revisions(ReactiveMongoTemplate mongo) {
        this.mongo = mongo;
    }

    @Override
    public String collection() {
        return Revision.COLLECTION;
    }

    @Override
    public List<IndexModel> indexes() {
        return List.of(
                new IndexModel(Indexes.compoundIndex(Indexes.ascending("articleId"), Indexes.descending(NUMBER))),
                new IndexModel(Indexes.ascending("media")));
    }

    /** Keeps what the change takes from the article. Done before the change is written, and harmless where that fails. */
    Mono<Void> keepReplaced(Article before, Article after) {
        Set<Long> stay = Revision.in(after).stream().map(Revision::number).collect(Collectors.toSet());
        return Flux.fromIterable(Revision.in(before))
                .filter(revision -> !stay.contains(revision.number()))
                .concatMap(mongo::save)
                .then();
    }

    /** Newest first, one more than asked for where there are more; without their bodies. */
    public Flux<Revision> list(Article article, long before, int limit) {
        Query query = query(where("articleId").is(article.id()).and(NUMBER).lt(before))
                .with(Sort.by(Sort.Direction.DESC, NUMBER))
                .limit(limit + 1);
        return Flux.concat(
                        Flux.fromIterable(Revision.in(article)).filter(revision -> revision.number() < before),
                        mongo.find(query, Revision.class))
                .distinct(Revision::number)
                .take(limit + 1L);
    }

    /** Empty where the article has no revision of that number. */
    public Mono<Revision> byNumber(Article article, long number) {
        return Flux.fromIterable(Revision.in(article))
                .filter(revision -> revision.number() == number)
                .next()
                .switchIfEmpty(mongo.findById(article.id() + "@" + number, Revision.class));
    }
}
