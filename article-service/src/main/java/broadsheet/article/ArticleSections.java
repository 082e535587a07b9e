package broadsheet.article;

import static org.springframework.data.mongodb.core.query.Criteria.where;
import static org.springframework.data.mongodb.core.query.Query.query;

import broadsheet.article.category.Category;
import broadsheet.article.category.SectionUse;
import org.springframework.data.mongodb.core.ReactiveMongoTemplate;
import org.springframework.data.mongodb.core.query.Update;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Mono;

@Component
class ArticleSections implements SectionUse {

    private final ReactiveMongoTemplate mongo;

    ArticleSections(ReactiveMongoTemplate mongo) {
        this.mongo = mongo;
    }

    @Override
    public Mono<Boolean> isUsed(String slug) {
        return mongo.exists(query(where("content.category.slug").is(slug)), Article.class);
    }

    @Override
    public Mono<Void> rename(Category category) {
        return mongo.updateMulti(
                        query(where("content.category.slug").is(category.slug())),
                        new Update().set("content.category.name", category.name()),
                        Article.class)
                .then();
    }
}
